// Handwritten digits of 8 x 8 pixels, embedded in the library: the quickest way to see a GAN learn.
// sparring train samples/digits.gan.kts
gan("digits") {
    data = digits()
    generator(latent = 64) {
        init = orthogonal()
        dense(4 * 4 * 64); reshape(64, 4, 4); batchNorm(); relu()
        convTranspose(32); batchNorm(); relu()
        conv(1, init = xavier()); tanh()
    }
    discriminator {
        init = orthogonal()
        norm = bssn(scale = 1.4)
        conv(32); leakyRelu(0.1)
        conv(64, kernel = 4, stride = 2); leakyRelu(0.1)
        flatten(); dense(1)
    }
    loss = hinge()
    optimizer {
        generator = adam(2e-4, 0.5, 0.999)
        discriminator = adam(4e-4, 0.5, 0.999)
    }
    train(steps = 1800, batch = 64, seed = 42)
}
