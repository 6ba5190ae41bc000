package dev.sparring.report.run

import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.RecipeText
import dev.sparring.init.Initializer
import dev.sparring.recipe.NetworkSpec
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.report.count
import dev.sparring.report.short
import dev.sparring.report.span
import dev.sparring.setting.Word
import java.time.Duration
import java.time.Instant
import java.time.format.DateTimeParseException
import kotlinx.serialization.json.JsonObject

/** The most important facts about a run. */
internal class RunFacts(
    private val provenance: JsonObject,
    private val recipe: String,
    private val metrics: MetricColumns,
) {
    fun all(): Map<String, String> =
        (ofRecipe() + ofRun()).filterValues { it != null }.mapValues { checkNotNull(it.value) }

    private fun ofRecipe(): Map<String, String?> {
        val recipe =
            parsed() ?: return mapOf("Recipe" to "has words or objects that are not known here")
        val (d, g) = recipe.train.discriminatorSteps to recipe.train.generatorSteps
        return mapOf(
            "Data" to data(recipe),
            "Loss" to word(recipe.loss),
            "Generator" to network(recipe.generator),
            "Discriminator" to network(recipe.discriminator),
            "Optimizers" to
                "${word(recipe.optimizer.generator)} (generator), " +
                    "${word(recipe.optimizer.discriminator)} (discriminator)",
            "Steps" to count(recipe.train.steps.toLong()),
            "Batch" to "${recipe.train.batch}",
            "Updates a step" to "$d discriminator, $g generator".takeIf { d != 1 || g != 1 },
        )
    }

    /** Null for a recipe that this version cannot read: its text is shown all the same. */
    private fun parsed(): Recipe? =
        try {
            RecipeText.fromYaml(recipe).resolved()
        } catch (_: RecipeSyntaxException) {
            null
        } catch (_: RecipeException) {
            null
        }

    private fun data(recipe: Recipe): String =
        if (provenance.text("dataGivenByProgram") == "true")
            "given by the run's program; its recipe names ${word(recipe.data)}"
        else word(recipe.data)

    private fun network(network: NetworkSpec) =
        "${count(network.layers().size, "layer")}, initializer ${word(initializer(network))}, norm ${word(network.norm())}"

    private fun initializer(network: NetworkSpec): Initializer =
        network.norm().initializer() ?: checkNotNull(network.init())

    private fun word(choice: Any): String =
        choice.javaClass.getAnnotation(Word::class.java)?.value ?: choice.javaClass.simpleName

    private fun ofRun(): Map<String, String?> =
        mapOf(
            "Engine" to
                listOfNotNull(
                        provenance.text("engineVersion") ?: provenance.text("engine"),
                        provenance.text("device"),
                        provenance.text("precision"),
                    )
                    .joinToString(", ")
                    .ifEmpty { null },
            "Seed" to provenance.text("seed"),
            "Forked from" to fork(),
            "Begun" to provenance.text("start"),
            "Took" to took(),
            "Rows of metrics" to metrics.rows.takeIf { it > 0 }?.let { count(it.toLong()) },
        )

    private fun fork(): String? {
        val fork = provenance["fork"] as? JsonObject ?: return null
        val retries = fork["retries"]?.let { ", with the first $it of its retries" }.orEmpty()
        return "${fork.text("run")}, step ${fork.text("step")}$retries"
    }

    private fun took(): String? {
        val seconds = metrics.series[MetricColumns.SECONDS]?.values?.lastOrNull()
        if (seconds != null && seconds.isFinite() && seconds > 0) {
            val rate = metrics.lastStep / seconds
            return "${span(Duration.ofMillis((seconds * MILLIS).toLong()))}, ${short(rate)} steps a second"
        }
        return try {
            val start = Instant.parse(provenance.text("start").orEmpty())
            span(Duration.between(start, Instant.parse(provenance.text("end").orEmpty())))
        } catch (_: DateTimeParseException) {
            null
        }
    }

    private companion object {
        const val MILLIS = 1000
    }
}
