package dev.sparring.dsl.fuzz

import dev.sparring.dsl.Overrides
import dev.sparring.dsl.RandomRecipes
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.sweep.SweepText
import dev.sparring.dsl.text.YamlTree
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import io.kotest.assertions.fail
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlin.random.Random

/**
 * Whatever stands in a text, it is read, or refused in one line: never another exception, no end,
 * or all of the memory. `-Dsparring.fuzz=50000` tries as many inputs of each kind; a failure prints
 * the seed and the number of its input, and `-Dsparring.fuzz.seed=...` tries the same ones again.
 */
class RecipeFuzzSpec :
    FreeSpec({
        val count = Integer.getInteger("sparring.fuzz", 400)
        val seed = java.lang.Long.getLong("sparring.fuzz.seed") ?: Random.nextLong()
        val samples = Path.of("../../samples")
        val recipes =
            samples.resolve("recipes").listDirectoryEntries("*.yaml").map { it.readText() }
        val sweeps = samples.resolve("sweeps").listDirectoryEntries("*.yaml").map { it.readText() }
        val folder = tempdir().toPath()

        fun tried(kind: String, input: (Inputs) -> Pair<String, () -> Unit>) {
            val failures = mutableListOf<String>()
            for (i in 0 until count) {
                val (text, work) = input(Inputs(Random(seed + i), recipes, sweeps))
                val complaint = Oracle.complaint(work) ?: continue
                val kept = Path.of("target/fuzz").createDirectories().resolve("$kind-$seed-$i.txt")
                kept.writeText(text)
                failures += "input $i ($kept): $complaint"
                if (failures.size == 20) break
            }
            if (failures.isNotEmpty()) {
                fail(
                    "seed $seed, $kind: ${failures.size} of $count\n${failures.joinToString("\n\n")}"
                )
            }
        }

        "recipes" {
            tried("recipes") { inputs ->
                val text = inputs.recipe()
                text to { planned(text) }
            }
        }

        "files" {
            tried("files") { inputs ->
                val bytes = inputs.bytes()
                val file = folder.resolve("f.yaml").apply { writeBytes(bytes) }
                String(bytes, Charsets.ISO_8859_1) to { GamePlan.of(RecipeText.read(file)) }
            }
        }

        "changes" {
            tried("changes") { inputs ->
                val (base, changes) = inputs.changes()
                changes.joinToString("\n") to { GamePlan.of(Overrides.apply(base, changes)) }
            }
        }

        "sweeps" {
            tried("sweeps") { inputs ->
                val text = inputs.sweep()
                val file = folder.resolve("s.yaml").apply { writeText(text) }
                text to { SweepText.read(file, emptyList()) { RecipeText.read(it) } }
            }
        }
    })

private fun planned(text: String) {
    val recipe = RecipeText.fromYaml(text, "f.yaml")
    check(RecipeText.fromYaml(RecipeText.toYaml(recipe)) == recipe) {
        "reads back as another recipe"
    }
    try {
        GamePlan.of(recipe)
    } catch (e: RecipeException) {
        throw RecipeText.placed(e, text, "f.yaml")
    }
}

/** Inputs of one number. */
private class Inputs(
    private val random: Random,
    private val recipes: List<String>,
    private val sweeps: List<String>,
) {
    private val others by lazy { recipes.map { YamlTree.parse(it, "recipe") } }
    private val trees by lazy { TreeMutations(random, others) }
    private val texts = TextMutations(random)

    /** One that is shipped, or any. */
    private fun good(): String =
        if (random.nextInt(3) > 0) recipes.random(random)
        else RecipeText.toYaml(RandomRecipes(random).recipe(), random.nextBoolean())

    fun recipe(): String = mutated(good())

    fun bytes(): ByteArray = texts.bytes(if (random.nextBoolean()) good() else recipe())

    fun sweep(): String = mutated(sweeps.random(random))

    fun changes(): Pair<Recipe, List<String>> {
        val base = RecipeText.fromYaml(recipes.random(random))
        val paths = trees.paths(YamlTree.parse(RecipeText.toYaml(base, true), "base"))
        return base to List(random.nextInt(1, 4)) { change(paths) }
    }

    private fun change(paths: List<String>): String {
        val value =
            when (random.nextInt(3)) {
                0 -> Hostile.values.random(random)
                1 -> trees.shown(others.random(random)).take(random.nextInt(1, 200))
                else -> trees.mutated("[${Hostile.values.take(40).random(random)}]")
            }
        val change = "${paths.random(random)}=$value"
        return if (random.nextInt(4) == 0) texts.mutated(change) else change
    }

    private fun mutated(text: String): String =
        when (random.nextInt(5)) {
            0,
            1 -> texts.mutated(text)
            2,
            3 -> trees.mutated(text)
            else -> texts.mutated(trees.mutated(text))
        }
}
