package dev.sparring.report.recipe

import dev.sparring.dsl.describeObject
import dev.sparring.setting.Defaults
import dev.sparring.setting.Shown
import dev.sparring.setting.Word
import java.lang.reflect.Modifier
import java.math.BigDecimal

/**
 * A choice of a recipe in a few words: `orthogonal(gain 1)`. Settings that are null are left out,
 * and so are groups of settings that all have their default.
 */
internal fun describe(choice: Any): String {
    if (choice !is Record || !hasWords(choice)) return describeObject(choice)
    val word = wordOf(choice)
    val settings = settings(choice)
    return when {
        word == null -> settings
        settings.isEmpty() -> word
        else -> "$word($settings)"
    }
}

/** Whether it is a word, or a section of the model; not so a record of a script without a word. */
private fun hasWords(record: Record) =
    wordOf(record) != null || record.javaClass.packageName.startsWith("dev.sparring.")

private fun wordOf(choice: Record) = choice.javaClass.getAnnotation(Word::class.java)?.value

private fun settings(choice: Record): String =
    choice.javaClass.recordComponents
        .mapNotNull { component ->
            // A class of a script is not public.
            val value = component.accessor.apply { isAccessible = true }.invoke(choice)
            if (value == null || value is Record && isDefault(value)) null
            else "${component.name} ${text(value)}"
        }
        .joinToString(", ")

/** Whether a group of settings equals that of its factory without arguments. */
private fun isDefault(group: Record): Boolean {
    val factory =
        group.javaClass.methods.find {
            Modifier.isStatic(it.modifiers) &&
                it.isAnnotationPresent(Defaults::class.java) &&
                it.parameterCount == 0
        }
    return factory?.invoke(null) == group && (wordOf(group) == null || settings(group).isEmpty())
}

/** A single value in a recipe's words. */
internal fun text(value: Any): String =
    when (value) {
        is Record -> describe(value)
        is Enum<*> -> value.name.lowercase()
        is Double -> number(value)
        is String -> Shown.escaped(value)
        is Number,
        is Boolean,
        is List<*> -> value.toString()
        else -> describeObject(value)
    }

private const val SMALL = 1e-3

private fun number(value: Double): String =
    if (value != 0.0 && Math.abs(value) < SMALL) value.toString().replace(".0E", "e").lowercase()
    else BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
