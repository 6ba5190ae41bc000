// Fashion-MNIST in the manner of SNGAN (arXiv:1802.05957, table 3) at a quarter of its width, with
// bidirectional scaled spectral normalization (arXiv:2009.02773).
gan("fashion-mnist") {
    data = fashionMnist()
    generator(latent = 64) {
        init = orthogonal()
        dense(7 * 7 * 128); reshape(128, 7, 7); batchNorm(); relu()
        convTranspose(64); batchNorm(); relu()
        convTranspose(32); batchNorm(); relu()
        conv(1, init = xavier()); tanh()
    }
    discriminator {
        init = orthogonal()
        norm = bssn(scale = 1.4)
        conv(16); leakyRelu(0.1)
        conv(32, kernel = 4, stride = 2); leakyRelu(0.1)
        conv(64); leakyRelu(0.1)
        conv(64, kernel = 4, stride = 2); leakyRelu(0.1)
        conv(128); leakyRelu(0.1)
        flatten(); dense(1)
    }
    loss = hinge()
    optimizer {
        generator = adam(2e-4, 0.5, 0.999)
        discriminator = adam(4e-4, 0.5, 0.999)
    }
    train(steps = 3000, batch = 64, seed = 42)
}
