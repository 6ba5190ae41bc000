package dev.sparring.dsl.diff

import dev.sparring.setting.Affects

/** The effective value of a part of a recipe, and where it comes from. */
internal sealed interface Effect {
    /** Equal for parts that are equal in effect, wherever they come from, within one comparison. */
    val content: Int

    /** Null if the recipe writes it at this place. */
    val origin: String?
}

/** A single value. */
internal class Single(val text: String, override val origin: String?, contents: Contents) : Effect {
    override val content: Int = contents.of(text)
}

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
    contents: Contents,
) : Effect {
    override val content: Int =
        contents.of(word to entries.mapValues { (_, effect) -> effect.content })
}

/** A list of records. */
internal class Series(val items: List<Effect>, override val origin: String?, contents: Contents) :
    Effect {
    override val content: Int = contents.of(items.map { it.content })
}

/**
 * Numbers for contents, equal for equal ones. What contains parts is known by the numbers of these,
 * so comparing two parts of recipes takes no longer for large ones.
 */
internal class Contents {
    private val known = HashMap<Any, Int>()

    fun of(content: Any): Int = known.getOrPut(content) { known.size }
}

/** In words, without parts whose origin differs from that of the whole. */
internal fun Effect?.described(): String =
    when (this) {
        null -> "none"
        is Single -> text
        is Series -> items.joinToString(", ", "[", "]") { it.described() }
        is Settings -> {
            val settings =
                entries
                    .filterValues { it.origin == origin }
                    .mapValues { it.value.described() }
                    .filterValues { it != "{}" }
                    .entries
                    .joinToString(", ") { (key, said) -> "$key $said" }
            when {
                word == null -> "{$settings}"
                settings.isEmpty() -> word
                else -> "$word($settings)"
            }
        }
    }

internal fun Effect?.value() = Difference.Value(described(), this?.origin)

/** Whether two parts are equal in effect, wherever they come from. */
internal fun same(a: Effect?, b: Effect?): Boolean = a?.content == b?.content
