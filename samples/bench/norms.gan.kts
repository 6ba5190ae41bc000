// What normalizing a discriminator's weights costs: sngan-32 without it, with SN and with BSSN.
// sparring bench samples/bench/norms.gan.kts#none samples/bench/norms.gan.kts#sn \
//   samples/bench/norms.gan.kts#bssn --engine torch --rounds 7 --baseline none
listOf("none" to none(), "sn" to sn(), "bssn" to bssn(scale = 1.4)).map { (name, weightNorm) ->
    gan(name) {
        data = noise(3, 32, 32)
        generator(latent = 128) {
            dense(8192); reshape(512, 4, 4); batchNorm(); relu()
            convTranspose(256); batchNorm(); relu()
            convTranspose(128); batchNorm(); relu()
            convTranspose(64); batchNorm(); relu()
            conv(3); tanh()
        }
        discriminator {
            norm = weightNorm
            for (filters in listOf(64, 128, 256)) {
                conv(filters); leakyRelu(0.1)
                conv(filters, kernel = 4, stride = 2); leakyRelu(0.1)
            }
            conv(512); leakyRelu(0.1)
            flatten(); dense(1)
        }
        loss = hinge()
        train(steps = 20, batch = 64, seed = 1)
    }
}
