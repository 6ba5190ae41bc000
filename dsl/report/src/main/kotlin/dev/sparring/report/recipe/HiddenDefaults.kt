package dev.sparring.report.recipe

import dev.sparring.dsl.diff.ConventionSetting
import dev.sparring.plan.GamePlan

/**
 * The defaults that a recipe's convention decides: a line for each setting, a column for each
 * network. A star marks values that the recipe writes itself.
 */
internal class HiddenDefaults(private val plan: GamePlan) {
    fun table(): CheckTable {
        val word = plan.recipe.conventions.name.lowercase()
        val rows =
            ConventionSetting.of(plan.written)
                .sortedWith(compareBy(::part, ::owner, { !it.setting.startsWith("eps") }))
                .groupBy { if (part(it) == Part.BORDER) "border of conv" else name(it) }
                .map { (name, all) -> listOf(name) + NETWORKS.map { cell(all, it) } }
        return CheckTable("", listOf("conventions $word") + NETWORKS, rows, numbers = emptySet())
    }

    private fun cell(all: List<ConventionSetting>, network: String): String =
        all.filter { it.network == network }
            .map { text(it.value) + if (it.isWritten) "*" else "" }
            .distinct()
            .joinToString(", ")

    private fun name(setting: ConventionSetting) =
        listOfNotNull(owner(setting), setting.setting).joinToString(" ")

    /** Layers whose batch normalization has the same settings stand in one line. */
    private fun owner(setting: ConventionSetting): String? =
        if (setting.owner in BATCH_NORMS) "batchNorm" else setting.owner

    private fun part(setting: ConventionSetting): Part =
        when {
            setting.owner == null -> Part.NETWORK
            setting.owner == ConventionSetting.OPTIMIZER -> Part.OPTIMIZER
            setting.setting == "padding" -> Part.BORDER
            else -> Part.LAYERS
        }

    /** In the order of the lines. */
    private enum class Part {
        NETWORK,
        LAYERS,
        BORDER,
        OPTIMIZER,
    }

    private companion object {
        val NETWORKS = listOf("generator", "discriminator")
        val BATCH_NORMS = setOf("conditionalBatchNorm", "residualBlock")
    }
}
