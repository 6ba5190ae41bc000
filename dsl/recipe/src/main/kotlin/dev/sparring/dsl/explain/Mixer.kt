package dev.sparring.dsl.explain

import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.diff.Alignment
import dev.sparring.dsl.diff.Contents
import dev.sparring.dsl.diff.Effect
import dev.sparring.dsl.diff.Effects
import dev.sparring.dsl.diff.Series
import dev.sparring.dsl.diff.Settings
import dev.sparring.layer.Block
import dev.sparring.layer.Layer
import dev.sparring.recipe.NetworkSpec
import dev.sparring.recipe.Recipe

/**
 * Finds the changes that lead from one recipe to another: places where a mixture of both may have
 * the one's or the other's. Layers are aligned as [dev.sparring.dsl.diff.RecipeDiff] aligns them.
 *
 * The seeds are the first recipe's, and so is what is written and measured; neither is a change.
 */
internal class Mixer(first: Recipe, second: Recipe, format: RecipeFormat) {
    private val contents = Contents()
    private val schemas = format.schemas
    private val schema = format.recipeSchema
    private val a = first.resolved()
    private val b = second.resolved()
    private val effectA = Effects(first, format, contents).all()
    private val effectB = Effects(second, format, contents).all()

    private val whole: Map<String, Mix> =
        schema.settings.associate { setting ->
            val (x, y) = setting.of(a) to setting.of(b)
            val (u, v) = effectA.entries[setting.name] to effectB.entries[setting.name]
            val name = setting.name
            name to
                when (name) {
                    in KEPT -> Alike(x)
                    TERMS,
                    AUGMENT -> words(x as List<*>, y as List<*>, name)
                    GENERATOR,
                    DISCRIMINATOR -> network(x as Record, y as Record, u, v, name)
                    OPTIMIZER ->
                        fields(x as Record, y as Record, name) { own, one, other ->
                            optimizer(one as Record, other as Record, own)
                        }
                    TRAIN -> fields(x as Record, y as Record, name, SEEDS, ::either)
                    else -> either(name, x, y)
                }
        }

    /** All changes, each once. */
    val changes: List<String> = whole.values.flatMap { it.changes }.distinct()

    /**
     * The first recipe with some changes.
     *
     * @throws IllegalArgumentException if a record refuses them
     */
    fun recipe(taken: Set<String>): Recipe {
        val mixture = Mixture(taken)
        val entries = whole.mapValues { it.value.build(mixture) }
        return schema.make(entries + (BLOCKS to mixture.blocks)) as Recipe
    }

    private fun either(change: String, x: Any?, y: Any?): Mix =
        if (x == y) Alike(x) else Either(change, Alike(x), Alike(y))

    /** Setting by setting; those that are kept are the first one's. */
    private fun fields(
        x: Record,
        y: Record,
        path: String,
        kept: Set<String> = emptySet(),
        mix: (String, Any?, Any?) -> Mix,
    ): Mix {
        val own = schemas.of(x.javaClass)
        return Fields(
            own,
            own.settings.associate {
                val (one, other) = it.of(x) to it.of(y)
                val path = "$path.${it.name}"
                it.name to if (it.name in kept) Alike(one) else mix(path, one, other)
            },
        )
    }

    /** Each setting of optimizers of one kind by itself. */
    private fun optimizer(x: Record, y: Record, path: String): Mix =
        if (x.javaClass != y.javaClass || !isKnown(x)) either(path, x, y)
        else fields(x, y, path, mix = ::either)

    private fun isKnown(x: Any) = schemas.vocabulary.contains(x.javaClass)

    /** Terms or augmentations, each by its word if both recipes have them in one order. */
    private fun words(x: List<*>, y: List<*>, path: String): Mix {
        val (one, other) = listOf(x, y).map { list -> list.map { word(it!!) } }
        val common = one.filter { it in other }
        val isPlain =
            listOf(one, other).all { it.distinct() == it } && common == other.filter { it in one }
        if (!isPlain) return either(path, x, y)
        val left = ArrayDeque(y.indices.toList())
        val items = mutableListOf<Row.Item>()
        fun added(j: Int) = Row.Item(Alike(y[j]), "$path.${other[j]}", true)
        for (i in x.indices) {
            val j = other.indexOf(one[i])
            if (j < 0) {
                items += Row.Item(Alike(x[i]), "$path.${one[i]}")
                continue
            }
            while (left.first() < j) items += added(left.removeFirst())
            left.removeFirst()
            items += Row.Item(either("$path.${one[i]}", x[i], y[j]))
        }
        return Row(items + left.map(::added))
    }

    private fun word(value: Any) = schemas.of(value.javaClass.asSubclass(Record::class.java)).noun

    private fun network(x: Record, y: Record, u: Effect?, v: Effect?, path: String): Mix {
        val own = schemas.of(x.javaClass)
        return Fields(
            own,
            own.settings.associate {
                val (one, other) = it.of(x) to it.of(y)
                it.name to
                    if (it.name == LAYERS) {
                        val (rowA, rowB) = listOf(u, v).map { e -> layersOf(e) }
                        row(
                            (x as NetworkSpec).layers(),
                            (y as NetworkSpec).layers(),
                            rowA,
                            rowB,
                            path,
                        )
                    } else either(change(path, it.name, it.name), one, other)
            },
        )
    }

    private fun layersOf(effect: Effect?): Series =
        (effect as Settings).entries.getValue(LAYERS) as Series

    /** A setting of a network or its layers; initializers and norms are one change each. */
    private fun change(network: String, name: String, other: String): String =
        when (name) {
            in INITIALIZERS -> "$network.init"
            "norm" -> "$network.norm"
            else -> "$network.$other"
        }

    private fun row(x: List<Layer>, y: List<Layer>, u: Series, v: Series, network: String): Mix {
        val pairs = Alignment(u.items, v.items).pairs()
        val items = mutableListOf<Row.Item>()
        var at = 0
        while (at < pairs.size) {
            val (i, j) = pairs[at]
            if (i != null && j != null) {
                items += Row.Item(pair(x[i], y[j], u.items[i], v.items[j], network))
                at++
                continue
            }
            val gap = pairs.drop(at).takeWhile { it.first == null || it.second == null }
            val removed = gap.mapNotNull { it.first }.map { x[it] }
            val added = gap.mapNotNull { it.second }.map { y[it] }
            val change = "$network.$LAYERS.${title(removed, added)}"
            items += removed.map { Row.Item(OneLayer(it, a), change) }
            items += added.map { Row.Item(OneLayer(it, b), change, true) }
            at += gap.size
        }
        return Row(items)
    }

    private fun title(removed: List<Layer>, added: List<Layer>): String {
        val sides = listOf(removed, added).filter { it.isNotEmpty() }
        return sides.joinToString("/") { side ->
            val names = side.map { if (it is Block) it.name else Layer.word(it) }
            names.take(MOST_NAMES).joinToString("+") + if (names.size > MOST_NAMES) "+" else ""
        }
    }

    private fun pair(x: Layer, y: Layer, u: Effect, v: Effect, network: String): Mix {
        if (x is Block && y is Block) {
            val (one, other) = listOf(a to x, b to y).map { (recipe, use) -> layers(recipe, use) }
            return BlockUse(x.name, row(one, other, layersOf(u), layersOf(v), network))
        }
        if (x.javaClass != y.javaClass) {
            return Either("$network.$LAYERS.activation", OneLayer(x, a), OneLayer(y, b))
        }
        if (x !is Record || !isKnown(x)) {
            val change = "$network.$LAYERS.${Layer.word(x)}"
            return if (x == y) OneLayer(x, a) else Either(change, OneLayer(x, a), OneLayer(y, b))
        }
        val own = schemas.of((x as Record).javaClass)
        val (s, t) = u as Settings to v as Settings
        return Fields(
            own,
            own.settings.associate {
                val (one, other) = it.of(x) to it.of(y)
                val name = if (it.name == "pad") "padding" else it.name
                val (inA, inB) = s.entries[it.name] to t.entries[it.name]
                val change = change(network, it.name, "$LAYERS.$name")
                it.name to
                    if (isRow(one) && isRow(other) && inA is Series && inB is Series) {
                        row(layers(one), layers(other), inA, inB, network)
                    } else either(change, one, other)
            },
        )
    }

    private fun isRow(value: Any?) = value is List<*> && value.all { it is Layer }

    private fun layers(value: Any?): List<Layer> = (value as List<*>).map { it as Layer }

    private fun layers(recipe: Recipe, use: Block) =
        recipe.blocks.first { it.name == use.name }.layers

    private companion object {
        const val TERMS = "terms"
        const val AUGMENT = "augment"
        const val GENERATOR = "generator"
        const val DISCRIMINATOR = "discriminator"
        const val OPTIMIZER = "optimizer"
        const val TRAIN = "train"
        const val BLOCKS = "blocks"
        const val LAYERS = "layers"
        const val MOST_NAMES = 3
        val SEEDS = setOf("seed", "seeds")

        /** All else is written out in a resolved recipe, whatever its conventions. */
        val KEPT = setOf("name", "conventions", BLOCKS, "output", "evaluate")
        val INITIALIZERS = setOf("init", "biasInit", "initByKind", "fans")
    }
}
