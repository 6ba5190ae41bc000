package dev.sparring.dsl.diff

import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.Schemas
import dev.sparring.dsl.text.Setting
import dev.sparring.layer.Layer
import dev.sparring.optim.Optimizer
import dev.sparring.recipe.ConventionResolver
import dev.sparring.recipe.NetworkSpec

/** Finds the settings that a convention decides, or would if the recipe did not. */
internal class Conventional(
    private val resolver: ConventionResolver,
    private val schemas: Schemas,
) {
    /** One such setting of a record. */
    class Value(val setting: String, val value: Any, val isWritten: Boolean)

    /** @param counts whether a setting of that name has any effect */
    fun of(now: Record, written: Record, counts: (String) -> Boolean): List<Value> {
        if (now !is Layer && now !is Optimizer && now !is NetworkSpec) return emptyList()
        val schema = schemas.of(now.javaClass)
        val found =
            schema.settings
                .filter { it.nullable }
                .mapNotNull { setting ->
                    val said = setting.of(written)
                    setting
                        .of(now)
                        ?.takeIf { said == null || isDecided(written, schema, setting) }
                        ?.let { Value(setting.name, it, said != null) }
                }
                .filter { it.setting != RULE && counts(it.setting) }
        val rule = schema.setting(RULE) ?: return found
        // A border is one setting: a number, or a rule where it depends on the image.
        val border = schema.setting(NUMBER)?.of(now) ?: rule.of(now) ?: return found
        val said = schema.setting(NUMBER)?.of(written) ?: rule.of(written)
        return found.filter { it.setting != NUMBER } + Value(NUMBER, border, said != null)
    }

    /** Whether the convention decides a setting once it is left out. */
    private fun isDecided(written: Record, schema: RecordSchema, setting: Setting): Boolean {
        val others = schema.settings.associate { it.name to it.of(written) }
        val open =
            try {
                schema.make(others + (setting.name to null))
            } catch (_: RuntimeException) {
                return false // The record needs it.
            }
        return setting.of(resolved(open)) != null
    }

    private fun resolved(open: Record): Any =
        when (open) {
            is Layer -> resolver.layer(open)
            is Optimizer -> resolver.optimizer(open)
            is NetworkSpec -> resolver.network(open)
            else -> open
        }

    private companion object {
        const val NUMBER = "padding"
        const val RULE = "pad"
    }
}
