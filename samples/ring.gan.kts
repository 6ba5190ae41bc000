// Eight Gaussians on a circle: does the generator find all of them? The picture is a scatter plot.
gan("ring") {
    data = ring(deviation = 0.02)
    generator(latent = 2) {
        init = orthogonal()
        dense(128); relu()
        dense(128); relu()
        dense(2)
    }
    discriminator {
        init = orthogonal()
        dense(128); leakyRelu(0.2)
        dense(128); leakyRelu(0.2)
        dense(1)
    }
    loss = nonSaturating()
    optimizer {
        generator = adam(1e-3, 0.5, 0.999)
        discriminator = adam(1e-3, 0.5, 0.999)
    }
    train(steps = 5000, batch = 256, seed = 42)
    output(metricsEvery = 10, samplesEvery = 1000, checkpointsEvery = 1000)
}
