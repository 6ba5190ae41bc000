package dev.sparring.dsl.diff

import dev.sparring.dsl.RecipeFormat
import dev.sparring.recipe.Recipe
import dev.sparring.setting.Affects

/**
 * How two recipes differ in effect. Both are completed first with every default that their
 * conventions decide. So recipes that look alike but differ in hidden defaults are told apart, and
 * recipes that write the same thing in different ways are equal.
 */
public object RecipeDiff {
    /** What differs, the most consequential first; nothing if the two train alike. */
    @JvmStatic
    @JvmOverloads
    public fun of(
        first: Recipe,
        second: Recipe,
        format: RecipeFormat = RecipeFormat.onClassPath,
    ): List<Difference> {
        val contents = Contents()
        val (a, b) =
            listOf(first, second).map { Effects(it, format.withWordsOf(it), contents).all() }
        val found = Comparison().apply { compare(a, b) }
        return merged(found.raw).sortedBy { it.rank }
    }

    /** Layers of one network that differ in the same way, as one. */
    private fun merged(raw: List<RawDifference>): List<Difference> =
        raw.groupBy { it.alike() }
            .values
            .groupBy { it.first().alikeAtAnyDepth() ?: it.first().alike() }
            .values
            .map { lists -> told(lists.first(), more = lists.drop(1).sumOf { it.size }) }

    /** @param more how many layers inside others differ in the same way */
    private fun told(alike: List<RawDifference>, more: Int): Difference {
        val one = alike.first()
        val path =
            one.keys.mapIndexed { at, key ->
                val places = alike.map { it.keys[at] }.distinct()
                if (places.size == 1) key else places.joinToString(",", "{", "}")
            }
        val others = if (more == 0) "" else " and of $more more layers"
        return Difference(one.rank, path.joinToString(".") + others, one.first, one.second)
    }
}

/** A difference at one place; [places] are the keys that count items of a list. */
internal class RawDifference(
    val rank: Rank,
    val keys: List<String>,
    private val places: Set<Int>,
    val first: Difference.Value,
    val second: Difference.Value,
) {
    /** Equal for differences that can be reported as one: in one list, all else alike. */
    fun alike(): List<Any> =
        if (places.isEmpty()) listOf(keys, first, second)
        else
            listOf(keys.mapIndexed { i, key -> if (i == places.max()) "*" else key }, first, second)

    /** Equal for settings of one network's layers at any depth; null for others. */
    fun alikeAtAnyDepth(): List<Any>? =
        if (places.isEmpty() || places.max() == keys.lastIndex) null
        else listOf(rank, keys.first(), keys.drop(places.max() + 1), first, second)
}

private class Comparison {
    val raw = mutableListOf<RawDifference>()

    fun compare(a: Settings, b: Settings) =
        settings(a, b, Path(emptyList(), emptySet(), null, null))

    /** Keys, which of them count items, the innermost layer's word, and what is affected. */
    private class Path(
        val keys: List<String>,
        val places: Set<Int>,
        val layer: String?,
        val aspect: Affects.Aspect?,
    ) {
        fun under(key: String, aspect: Affects.Aspect?) =
            Path(keys + key, places, layer, aspect ?: this.aspect)

        fun item(place: Int, layer: String?) =
            Path(keys + "$place", places + keys.size, layer ?: this.layer, aspect)
    }

    private fun effects(a: Effect?, b: Effect?, path: Path) {
        when {
            same(a, b) -> Unit
            a is Settings && b is Settings && a.word == b.word -> settings(a, b, path)
            a is Series && b is Series -> series(a, b, path)
            else -> found(a, b, path)
        }
    }

    private fun settings(a: Settings, b: Settings, path: Path) {
        for (key in a.entries.keys + b.entries.keys) {
            // If only one recipe's initializers use fans, the difference of initializers shows it
            // already.
            if (key == Effects.FANS && (key !in a.entries || key !in b.entries)) continue
            effects(
                a.entries[key],
                b.entries[key],
                path.under(key, a.aspects[key] ?: b.aspects[key]),
            )
        }
    }

    private fun series(a: Series, b: Series, path: Path) {
        for ((i, j) in Alignment(a.items, b.items).pairs()) {
            val (x, y) = i?.let(a.items::get) to j?.let(b.items::get)
            effects(x, y, path.item(i ?: j!!, word(x) ?: word(y)))
        }
    }

    private fun word(item: Effect?) = (item as? Settings)?.takeIf { it.isLayer }?.word

    private fun found(a: Effect?, b: Effect?, path: Path) {
        val keys = path.keys.filterIndexed { i, _ -> i !in path.places }
        // A missing layer is a difference of the network, whatever its type.
        val whole = path.places.isNotEmpty() && path.places.max() == path.keys.lastIndex
        val rank = Rank.of(keys, path.layer.takeUnless { whole && it != "dropout" }, path.aspect)
        raw += RawDifference(rank, path.keys, path.places, a.value(), b.value())
    }
}
