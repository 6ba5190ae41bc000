package dev.sparring.jupyter

import dev.sparring.dsl.RecipeFormat
import dev.sparring.dsl.RecipeText
import dev.sparring.network.InitialValues
import dev.sparring.plan.GamePlan
import dev.sparring.recipe.Recipe
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import dev.sparring.tensor.Shape
import java.nio.file.Path
import kotlin.io.path.exists
import org.jetbrains.kotlinx.jupyter.api.CodeCell
import org.jetbrains.kotlinx.jupyter.api.KotlinKernelHost

/**
 * What the cells of a notebook do with recipes and runs; they have it as the variable `sparring`.
 */
public class Sparring
internal constructor(private val host: KotlinKernelHost, private val cell: () -> CodeCell?) {
    /**
     * Trains a recipe into a run directory, as `sparring train` does, and shows its curves and
     * samples below the cell while it trains. Interrupting the cell ends the training after its
     * current step: the run keeps a checkpoint, and `resume = true` goes on with it.
     *
     * @param out the run directory; without it `runs/NAME/seed-N`, or if that has a run already,
     *   `runs/NAME/seed-N-2` and so on, so that a cell can be run again
     * @param engine `torch` or `nd4j`, if it is on the class path
     * @param device `cpu` or `cuda:0`
     * @param resume goes on from the newest whole checkpoint of the run that is there; of several
     *   that this recipe's name and seed have, the last. Only `train.steps` and `output` may differ
     * @param ignoreMemory trains even if the machine seems to have too little memory for it
     * @throws dev.sparring.recipe.RecipeException if the recipe does not fit together
     * @throws RunException if the directory has a run already, or none that can be resumed, or the
     *   training takes more memory than the machine has
     * @throws dev.sparring.train.DivergedException if a loss or a weight is no longer finite, and
     *   the recipe allows no retry
     * @throws InterruptedException if the cell is interrupted, after the training has ended
     */
    public fun train(
        recipe: Recipe,
        out: Path? = null,
        engine: String = "torch",
        device: String = "cpu",
        resume: Boolean = false,
        ignoreMemory: Boolean = false,
    ): TrainedRun {
        val plan = GamePlan.of(recipe).also(InitialValues::check)
        val opener = EngineOpener(engine, device)
        if (!ignoreMemory) opener.requireMemory(plan)
        val folder = RunFolder(recipe, out)
        val directory = if (resume) folder.begun() else folder.free()
        val job = TrainingJob(plan, opener, directory, recorded(plan.recipe()), resume)
        val display = LiveDisplay(host, directory)
        CellTraining(job, display).run()
        return TrainedRun(directory, recipe, opener, cell())
    }

    /**
     * Opens a run, finished or not, for instance one of the command line.
     *
     * @param folder a run directory; its recipe must have a text
     * @throws RunException if it is none
     */
    public fun open(folder: Path, engine: String = "torch", device: String = "cpu"): TrainedRun {
        val directory = RunDirectory(folder)
        if (!directory.isUsed) throw RunException("$folder: is no run directory")
        if (!directory.recipe().exists()) throw RunException("$folder: its recipe has no text")
        val recipe = RecipeText.read(directory.recipe())
        return TrainedRun(directory, recipe, EngineOpener(engine, device), null)
    }

    /** The same for a folder's name. */
    public fun open(folder: String): TrainedRun = open(Path.of(folder))

    /**
     * An array as a picture.
     *
     * @param values row-major, those of images in -1 to 1
     * @param shape (N, 1 or 3, H, W) for images
     */
    public fun picture(values: FloatArray, vararg shape: Int): Samples {
        val form = Shape.of(*shape)
        require(values.size == form.elements()) {
            "expected ${form.elements()} values for the shape $form, got ${values.size}"
        }
        return Samples.of(values, form)
    }

    private fun recorded(recipe: Recipe): RecordedRecipe {
        val format = RecipeFormat.onClassPath.withWordsOf(recipe)
        return if (format.canWrite(recipe)) RecordedRecipe.text(format.toYaml(recipe, full = true))
        else RecordedRecipe.ofProgram()
    }
}
