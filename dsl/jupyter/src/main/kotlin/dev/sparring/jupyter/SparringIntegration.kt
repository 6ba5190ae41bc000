package dev.sparring.jupyter

import dev.sparring.data.DataException
import dev.sparring.dsl.DefaultImports
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.extract.ExtractorException
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.safetensors.SafetensorsException
import dev.sparring.tensor.EngineException
import dev.sparring.tensor.Tensor
import dev.sparring.train.DivergedException
import kotlin.reflect.typeOf
import org.jetbrains.kotlinx.jupyter.api.VariableDeclaration
import org.jetbrains.kotlinx.jupyter.api.libraries.JupyterIntegration
import org.jetbrains.kotlinx.jupyter.api.textResult

/**
 * What a Kotlin notebook gets with this library, by
 * `@file:DependsOn("dev.sparring:sparring-jupyter:VERSION")`: the imports of `gan.kts` scripts,
 * pictures of what cells return, and a [Sparring] as the variable `sparring`. A recipe is shown as
 * its check's tables, a run as its report's head, samples and tensors of images as a picture.
 * Errors in recipes and files are a line, without a stack trace.
 *
 * Kernels find it by `META-INF/kotlin-jupyter-libraries/libraries.json`.
 */
public class SparringIntegration : JupyterIntegration() {
    override fun Builder.onLoaded() {
        setDescription("Sparring: GAN experiments")
        import(*DefaultImports.all.toTypedArray())
        onLoaded {
            val session = Sparring(this) { notebook.currentCell }
            declare(listOf(VariableDeclaration("sparring", session, typeOf<Sparring>(), false)))
        }
        render<Recipe> { Outputs.recipe(it) }
        render<RunDirectory> { Outputs.run(it) }
        render<TrainedRun> {
            if (it.shownIn === this) Outputs.path(it) else Outputs.run(it.directory)
        }
        render<Samples> { Outputs.samples(it) }
        render<Tensor> { Outputs.tensor(it) }
        renderThrowable<RecipeException> { line(it) }
        renderThrowable<RunException> { line(it) }
        renderThrowable<DataException> { line(it) }
        renderThrowable<EngineException> { line(it) }
        renderThrowable<DivergedException> { line(it) }
        renderThrowable<RecipeSyntaxException> { line(it) }
        renderThrowable<ExtractorException> { line(it) }
        renderThrowable<SafetensorsException> { line(it) }
    }

    private fun line(e: Exception) = textResult(e.message ?: e.toString())
}
