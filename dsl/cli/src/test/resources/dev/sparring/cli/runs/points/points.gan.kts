// The run in this folder was made from this script: six steps of it.
gan("points") {
    data = ring(modes = 5, deviation = 0.05, points = 60)
    generator(latent = 3) {
        noise = Latent.UNIFORM
        init = orthogonal()
        dense(12); relu()
        dense(2, init = xavier())
    }
    discriminator {
        init = orthogonal(gain = 1.2)
        norm = bssn(scale = 1.4)
        dense(12, norm = sn(Power(1, 2, false))); leakyRelu(0.1)
        dense(12, norm = ssn(scale = 1.5)); leakyRelu(0.1)
        dense(8, norm = bsn()); elu()
        dense(1)
    }
    loss = hinge()
    terms(r1(gamma = 0.5, every = 2), gradientPenalty(weight = 2.0))
    optimizer {
        generator = adam(1e-3, 0.5, 0.999)
        discriminator = rmsProp(1e-3)
    }
    ema(decay = 0.9)
    train(steps = 6, batch = 16, seed = 7, discriminatorSteps = 2)
    output(checkpointsEvery = 3, samplesEvery = 6, sampleCount = 16, diagnosticsEvery = 3)
}
