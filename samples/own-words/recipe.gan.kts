import own.Centered
import own.Cosine
import own.Drift
import own.Sinc
import own.Track

gan("track") {
    data = Track("track.csv", 10.0)
    generator(latent = 8) {
        init = Sinc.sinc()
        dense(32); relu(); dense(2)
    }
    discriminator {
        norm = Centered()
        dense(32); relu(); layer(Cosine(16)); dense(1)
    }
    terms(Drift.drift())
    train(steps = 20, batch = 16)
}
