package dev.sparring.ui.explore

import dev.sparring.image.Png
import dev.sparring.image.SampleImage
import dev.sparring.latent.Directions
import dev.sparring.network.Interpolation
import dev.sparring.network.Sampler
import dev.sparring.network.Truncation
import dev.sparring.recipe.Recipe
import dev.sparring.run.Checkpoint
import dev.sparring.run.RunData
import dev.sparring.run.RunDirectory
import dev.sparring.run.Runs
import dev.sparring.run.SamplePicture
import dev.sparring.tensor.Engine
import dev.sparring.ui.Refused
import java.awt.image.BufferedImage
import kotlinx.serialization.json.add
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray

/** The generator of a run's newest checkpoint, on an engine of its own. */
internal class OpenGenerator(
    private val run: RunDirectory,
    private val checkpoint: Checkpoint,
    private val recipe: Recipe,
    private val engine: Engine,
) : AutoCloseable {
    private val network = Runs.generator(checkpoint, recipe, engine)
    private val sampler =
        if (recipe.data.sourceShape().isEmpty) Sampler.of(network, recipe)
        else Sampler.of(network, recipe, RunData.open(run, recipe) {})
    private val isImage = SamplePicture.isImage(sampler.sampleShape())
    private val data by lazy { RunData.open(run, recipe) {} }
    private val directions by lazy { runCatching { Directions.of(network, Directions.Rows.PLAIN) } }

    /** What can be wished for, as JSON. */
    fun facts(): String =
        "${
            buildJsonObject {
                put("step", step())
                put("seed", recipe.train.seed)
                put("shape", "${sampler.sampleShape()}")
                put("noise", if (sampler.isFromImages) "images" else recipe.generator.noise.name.lowercase())
                put("latent", sampler.inputShape().elements())
                put("classes", if (sampler.classes().isPresent) sampler.classes().asInt else null)
                putJsonArray("truncations") { truncations().forEach { add(it) } }
                putJsonArray("paths") { paths().forEach { add(it) } }
                putJsonArray("directions") { strengths().forEach { add(it) } }
                put("noDirections", reason())
            }
        }"

    private fun step(): Long = checkpoint.path().fileName.toString().toLong()

    private fun truncations() =
        if (sampler.isFromImages) emptyList()
        else
            Truncation.Kind.entries
                .filter { fits { Truncation(it, 1.0).requireFor(recipe.generator.noise) } }
                .map { it.name.lowercase() }

    private fun paths() =
        if (sampler.isFromImages || !isImage) emptyList()
        else
            Interpolation.entries
                .filter { fits { it.requireFor(recipe.generator.noise, recipe.generator.latent) } }
                .map { it.name.lowercase() }

    private fun strengths() =
        directions
            .getOrNull()
            ?.takeUnless { paths().isEmpty() }
            ?.let { found -> List(minOf(MOST_DIRECTIONS, found.count())) { found.strength(it) } }
            ?: emptyList()

    private fun reason(): String? =
        if (paths().isEmpty()) "paths and directions are for images made from noise"
        else directions.exceptionOrNull()?.let { "directions: ${it.message}" }

    private fun fits(check: () -> Unit): Boolean =
        try {
            check()
            true
        } catch (_: IllegalArgumentException) {
            false
        }

    /** The picture of a wish, as a PNG file. */
    fun draw(wish: Wish): ByteArray {
        val used = wish.truncation?.let(sampler::truncated) ?: sampler
        return Png.bytes(
            when (val view = wish.view) {
                is Wish.Grid -> grid(used, wish, view.count)
                is Wish.Walk -> {
                    val (a, b) = used.noise(1, wish.seed) to used.noise(1, view.to)
                    one(view.path.between(a, b, view.place), wish.label)
                }
                is Wish.Moved -> one(moved(used.noise(1, wish.seed), view), wish.label)
            }
        )
    }

    private fun grid(used: Sampler, wish: Wish, count: Int): BufferedImage {
        val drawn =
            if (wish.label == null) SamplePicture.draw(used, { data }, many(count), wish.seed)
            else SamplePicture.drawClass(used, wish.label, { data }, many(count), wish.seed)
        return drawn.orElseThrow {
            Refused("samples of shape ${sampler.sampleShape()} cannot be drawn")
        }
    }

    /** Points are drawn over the real ones, as the run itself draws them. */
    private fun many(count: Int) = if (isImage) count else POINTS

    private fun moved(z: FloatArray, view: Wish.Moved): FloatArray {
        val found = directions.getOrElse { throw Refused("directions: ${it.message}") }
        return view.along.entries.fold(z) { moved, (number, far) ->
            if (number !in 0 until found.count()) {
                throw Refused("along: there is no direction $number")
            }
            found.moved(moved, number, far)
        }
    }

    private fun one(z: FloatArray, label: Int?): BufferedImage {
        if (!isImage) throw Refused("paths and directions are for images made from noise")
        val sample =
            if (label != null) sampler.decodeOf(label, z, 1)
            else if (sampler.classes().isPresent) sampler.decodeOf(0, z, 1)
            else sampler.decode(z, 1)
        return SampleImage.of(sample, sampler.sampleShape().batch(1), 0, 1)
    }

    override fun close() = engine.close()

    private companion object {
        /** As many as a run's own pictures have. */
        const val POINTS = 2000

        /** Weaker ones change little. */
        const val MOST_DIRECTIONS = 12
    }
}
