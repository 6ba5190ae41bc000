package dev.sparring.dsl.diff

import dev.sparring.setting.Affects

/** The effective value of a part of a recipe, and where it comes from. */
internal sealed interface Effect {
    /** Null if the recipe writes it at this place. */
    val origin: String?
}

/** A single value. */
internal class Single(val text: String, override val origin: String?) : Effect

/**
 * A record: its word, if it is an alternative, and its settings.
 *
 * @property aspects what settings of it affect, where they say so
 * @property conventional its settings that a convention decides, or would
 */
internal class Settings(
    val word: String?,
    val entries: Map<String, Effect>,
    override val origin: String?,
    val isLayer: Boolean,
    val aspects: Map<String, Affects.Aspect> = emptyMap(),
    val conventional: List<Conventional.Value> = emptyList(),
) : Effect

/** A list of records. */
internal class Series(val items: List<Effect>, override val origin: String?) : Effect

/** In words, without parts whose origin differs from that of the whole. */
internal fun Effect?.described(): String =
    when (this) {
        null -> "none"
        is Single -> text
        is Series -> items.joinToString(", ", "[", "]") { it.described() }
        is Settings -> {
            val said = entries.filterValues { it.origin == origin && it.described() != "{}" }
            val settings = said.entries.joinToString(", ") { (k, v) -> "$k ${v.described()}" }
            when {
                word == null -> "{$settings}"
                settings.isEmpty() -> word
                else -> "$word($settings)"
            }
        }
    }

internal fun Effect?.value() = Difference.Value(described(), this?.origin)

/** Whether two parts are equal in effect, wherever they come from. */
internal fun same(a: Effect?, b: Effect?): Boolean =
    when (a) {
        null -> b == null
        is Single -> b is Single && a.text == b.text
        is Series ->
            b is Series &&
                a.items.size == b.items.size &&
                a.items.zip(b.items).all { (x, y) -> same(x, y) }
        is Settings ->
            b is Settings &&
                a.word == b.word &&
                (a.entries.keys + b.entries.keys).all { same(a.entries[it], b.entries[it]) }
    }
