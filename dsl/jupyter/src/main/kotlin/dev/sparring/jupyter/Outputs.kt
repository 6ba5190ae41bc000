package dev.sparring.jupyter

import dev.sparring.image.Png
import dev.sparring.lint.Lints
import dev.sparring.lint.Warning.Level
import dev.sparring.network.InitialValues
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.report.fragment.Fragments
import dev.sparring.run.RunDirectory
import dev.sparring.tensor.Tensor
import java.util.Base64
import org.jetbrains.kotlinx.jupyter.api.MimeTypedResult
import org.jetbrains.kotlinx.jupyter.api.mimeResult
import org.jetbrains.kotlinx.jupyter.api.textResult

/** What values are in the output of a cell. Each has a text too, for places without HTML. */
internal object Outputs {
    /** The tables of its check, or what is wrong with it. */
    fun recipe(recipe: Recipe): MimeTypedResult =
        try {
            val plan = GamePlan.of(recipe).also(InitialValues::check)
            val warnings = Lints.check(plan).filter { it.level == Level.WARNING }
            html(Fragments.recipe(plan, warnings.map { "Warning: $it" }), "recipe ${recipe.name}")
        } catch (e: RecipeException) {
            textResult(e.message ?: "$e")
        }

    /** The head of its report, with [pictures] of samples. */
    fun run(run: RunDirectory, pictures: Int = PICTURES): MimeTypedResult =
        html(Fragments.run(run, pictures), "run ${run.path}")

    /** Where it is, for a cell that has shown the rest already. */
    fun path(run: TrainedRun): MimeTypedResult = textResult("run ${run.directory.path}")

    fun samples(samples: Samples): MimeTypedResult {
        val picture = samples.picture ?: return textResult("$samples")
        val png = Base64.getEncoder().encodeToString(Png.bytes(picture))
        return mimeResult("image/png" to png, "text/plain" to "$samples")
    }

    fun tensor(tensor: Tensor): MimeTypedResult =
        samples(Samples.of(tensor.toFloats(), tensor.shape()))

    private fun html(html: String, text: String) =
        mimeResult("text/html" to html, "text/plain" to text)

    private const val PICTURES = 4
}
