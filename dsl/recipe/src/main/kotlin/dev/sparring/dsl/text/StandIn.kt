package dev.sparring.dsl.text

/** What is written in place of an object that is not a word of the vocabulary. */
internal fun interface StandIn {
    fun text(value: Any): String

    companion object {
        /** Nothing is: [Unwritable] finds such objects before anything is written. */
        val NONE = StandIn { error("not a word of the vocabulary: ${described(it)}") }

        /** A description of the object, for people; it cannot be read back. */
        val DESCRIPTION = StandIn { "(${described(it)})" }

        /** The object's own `toString`, or its class; the same in every process. */
        fun described(value: Any): String {
            val type = value.javaClass
            val saysItself = type.getMethod("toString").declaringClass != Any::class.java
            return when {
                saysItself -> value.toString()
                type.isHidden || type.isSynthetic -> "a lambda"
                else -> type.simpleName.ifEmpty { "an anonymous class" }
            }
        }
    }
}

/**
 * Keeps objects under texts by which a reader finds them again, so that the settings around them
 * can be changed as text. No word has such a text: there is no `#` in words.
 */
internal class KeptObjects : StandIn {
    private val kept = mutableListOf<Any>()

    override fun text(value: Any): String {
        val known = kept.indexOfFirst { it === value }
        if (known >= 0) return "$PREFIX$known"
        kept += value
        return "$PREFIX${kept.lastIndex}"
    }

    /** The object that a text stands for; null for any other text, or an object of another kind. */
    fun find(text: String, type: Class<*>): Any? =
        text
            .takeIf { it.startsWith(PREFIX) }
            ?.let { kept.getOrNull(it.removePrefix(PREFIX).toIntOrNull() ?: -1) }
            ?.takeIf(type::isInstance)

    companion object {
        const val PREFIX = "object#"
    }
}
