package dev.sparring.kotlindl

import dev.sparring.network.Sampler
import dev.sparring.random.Seed
import dev.sparring.recipe.Latent
import dev.sparring.tensor.Shape
import java.nio.FloatBuffer
import kotlin.math.min
import org.jetbrains.kotlinx.dl.api.core.Sequential
import org.tensorflow.Session
import org.tensorflow.Tensor

/**
 * A trained generator that KotlinDL computes, with the weights that evaluation uses. It needs no
 * engine of Sparring. For equal noise its samples are those of a [Sampler], up to the rounding of
 * another library.
 *
 * It is thread-safe.
 *
 * @property latent how many random numbers a sample is generated from
 * @property sampleShape the shape of one sample, (C, H, W) for images
 * @property model the model for direct use of KotlinDL: named layers, noise in, flat samples out in
 *   KotlinDL's order (H, W, C). Changes of its weights change the samples of this generator. It is
 *   closed together with this object.
 */
public class KotlinDlGenerator
internal constructor(
    public val latent: Int,
    public val sampleShape: Shape,
    public val model: Sequential,
    private val session: Session,
    private val noise: Latent,
) : AutoCloseable {
    @Volatile private var closed = false

    /**
     * Generates samples. The i-th sample of a seed does not depend on the count.
     *
     * @param count how many
     * @param seed seeds the noise
     * @return (count, ...) in row-major order, images (count, C, H, W) with values in [-1, 1] where
     *   the generator ends in tanh
     */
    public fun sample(count: Int, seed: Long): FloatArray {
        require(count >= 0) { "count must be >= 0, got $count" }
        val source = Seed(seed)
        val z = FloatArray(Math.multiplyExact(count, latent))
        for (i in 0 until count) {
            // The stream that Sampler draws from.
            noise.draw(source.stream("sample", i.toLong()), latent).copyInto(z, i * latent)
        }
        return decode(z, count)
    }

    /**
     * The samples from the given noise.
     *
     * @param z (count, latent) in row-major order
     * @return as [sample] returns them
     */
    public fun decode(z: FloatArray, count: Int): FloatArray {
        check(!closed) { "this generator is closed" }
        require(count >= 0 && z.size.toLong() == count.toLong() * latent) {
            "z must hold $count * $latent numbers, one row a sample, got ${z.size}"
        }
        val samples = FloatArray(Math.multiplyExact(count, sampleShape.elements()))
        for (from in 0 until count step CHUNK) {
            predict(z, from, min(CHUNK, count - from), samples)
        }
        return samples
    }

    // KotlinDL's own prediction of a batch never frees its result.
    private fun predict(z: FloatArray, from: Int, count: Int, samples: FloatArray) {
        val size = sampleShape.elements()
        val flat = FloatArray(count * size)
        val part = FloatBuffer.wrap(z, from * latent, count * latent)
        Tensor.create(longArrayOf(count.toLong(), latent.toLong()), part).use { input ->
            val fetched = session.runner().feed(INPUT, input).fetch(OUTPUT).run().single()
            fetched.use { it.writeTo(FloatBuffer.wrap(flat)) }
        }
        val order = toChannelsFirst(sampleShape.rank())
        val theirs = sampleShape.channelsLast()
        for (i in 0 until count) {
            permute(flat, i * size, theirs, order, samples, (from + i) * size)
        }
    }

    /** Frees the model. Does nothing the second time. */
    override fun close() {
        if (!closed) {
            closed = true
            model.close()
        }
    }

    private companion object {
        // A sample does not depend on its neighbours, so the size only bounds memory.
        const val CHUNK = 128
        // The names of these two in every graph of KotlinDL.
        const val INPUT = "default_data_placeholder"
        const val OUTPUT = "default_output"
    }
}
