package dev.sparring.cli.classifier

import dev.sparring.classify.ClassifierCache
import dev.sparring.classify.LabelledImages
import dev.sparring.cli.ChildJvm
import dev.sparring.cli.ExitCode
import dev.sparring.cli.Terminal
import dev.sparring.cli.TrainCommand
import dev.sparring.cli.Words
import dev.sparring.data.DataSet
import dev.sparring.file.AtomicFile
import dev.sparring.file.Reason
import dev.sparring.recipe.ClassifierFeatures
import dev.sparring.recipe.FeatureSource
import dev.sparring.recipe.Recipe
import dev.sparring.tensor.Engine
import dev.sparring.tensor.Engines
import java.io.IOException
import java.nio.file.Files

/**
 * Has the classifier of a recipe's data trained as on every other machine: in a process of its own,
 * since threads and kernels are chosen when libraries load.
 */
internal class ReferenceClassifier(private val words: Words, private val terminal: Terminal) {
    /**
     * Sees to it that there is one if it is wanted. Where it cannot be had, a line says why, and
     * the measuring engine trains one itself.
     *
     * @param source by what samples are measured
     * @param engine on which they are
     */
    fun prepare(source: FeatureSource?, recipe: Recipe, data: DataSet, engine: Engine) {
        if (source !is ClassifierFeatures || ClassifierCache.isReference(engine)) return
        if (ClassifierCache.standard {}.hasReference(data)) return
        try {
            LabelledImages.of(LabelledImages.name(recipe.data), data)
        } catch (_: IllegalArgumentException) {
            // The measurement refuses it in its own words.
            return
        }
        val problem = whyNot(recipe) ?: train(recipe) ?: return
        terminal.log(
            "the classifier is not trained as elsewhere, so figures compare where its weights " +
                "are equal only: $problem"
        )
    }

    private fun whyNot(recipe: Recipe): String? =
        when {
            Engines.available().none { it.name() == ClassifierCache.REFERENCE } ->
                "there is no engine ${ClassifierCache.REFERENCE} on the class path"
            !words.format.canWrite(recipe) -> "the recipe has parts without text"
            else -> Engines.named(ClassifierCache.REFERENCE).whyNotPortable().orElse(null)
        }

    /** Trains and keeps it; returns why it did not succeed, or null. */
    private fun train(recipe: Recipe): String? {
        try {
            val text = Files.createTempFile("sparring-", ".yaml")
            try {
                AtomicFile.writeText(text, words.format.toYaml(recipe))
                val arguments =
                    listOf("classifier", "$text", TrainCommand.END_WITH_PARENT) + words.options
                val child =
                    ChildJvm.builder(null, arguments)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                val last = ChildJvm.follow(child, terminal::log)
                val code = child.waitFor()
                return if (code == ExitCode.DONE) null else ChildJvm.ending(code, last)
            } finally {
                Files.deleteIfExists(text)
            }
        } catch (e: IOException) {
            return Reason.of(e)
        }
    }
}
