package dev.sparring.script

import dev.sparring.dsl.sweep.SweepDefinition
import dev.sparring.recipe.Recipe

/**
 * What a script is, by the type of its last expression, so that it is known before anything runs.
 *
 * @property command the command that is for such scripts
 * @property what it ends with, in messages
 */
internal enum class ScriptKind(val command: String, val what: String) {
    RECIPE("train", "a recipe"),
    RECIPES("train", "a list of recipes"),
    SWEEP("sweep", "a sweep"),
    PROGRAM("run", "no recipe"),

    /** The type does not say it, only the value will. */
    UNKNOWN("train", "a value of any type");

    companion object {
        /** @param type as the compiler writes it; null if the script has no value */
        fun of(type: String?): ScriptKind {
            val plain = plain(type ?: return PROGRAM)
            val element = LIST.matchEntire(plain)?.let { plain(it.groupValues[1]) }
            return when {
                plain == RECIPE_TYPE -> RECIPE
                plain == SWEEP_TYPE -> SWEEP
                plain in OPEN -> UNKNOWN
                element == RECIPE_TYPE -> RECIPES
                element != null && element in OPEN + "*" -> UNKNOWN
                else -> PROGRAM
            }
        }

        private fun plain(type: String) =
            type.replace("(Mutable)", "").removePrefix("out ").trimEnd('?', '!')

        private val RECIPE_TYPE = Recipe::class.java.name
        private val SWEEP_TYPE = SweepDefinition::class.java.name
        private val OPEN = listOf("kotlin.Any", "kotlin.Nothing", "java.lang.Record")
        private val LIST =
            Regex("(?:kotlin\\.collections\\.\\w+|java\\.util\\.\\w+|kotlin\\.Array)<(.*)>[?!]*")
    }
}
