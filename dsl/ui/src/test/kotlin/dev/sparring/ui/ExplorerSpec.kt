package dev.sparring.ui

import dev.sparring.dsl.RecipeFormat
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.Train
import dev.sparring.run.RecordedRecipe
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunHold
import dev.sparring.run.RunRecorder
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engine
import dev.sparring.tensor.EngineException
import dev.sparring.tensor.Engines
import dev.sparring.tensor.Shape
import dev.sparring.train.Training
import dev.sparring.ui.explore.Explorer
import dev.sparring.ui.explore.Wish
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.time.Duration.Companion.seconds

/** When generators are open. */
class ExplorerSpec :
    FreeSpec({
        val folder = folder()
        val engines = mutableListOf<Engine>()
        val program =
            object : UiHost {
                override val format: RecipeFormat = RecipeFormat.onClassPath
                override val version: String = "0.0"

                override fun recipe(run: RunDirectory): Recipe = format.read(run.recipe())

                override fun engine(train: Train): Engine =
                    Engines.open("torch", Device.CPU, train.precision).also { engines += it }
            }
        val wish = Wish(7, null, null, Wish.Grid(4))
        val (one, two) = listOf("one", "two").map { trained(folder.resolve(it), it) }

        "a generator without requests is closed, and opened again by the next one" {
            Explorer(program, idleMillis = 1500).use { explorer ->
                val first = explorer.draw(one, wish).toList()
                repeat(10) {
                    Thread.sleep(200)
                    explorer.draw(one, wish)
                }
                engines shouldHaveSize 1
                explorer.isOpen() shouldBe true
                eventually(10.seconds) { explorer.isOpen() shouldBe false }
                shouldThrow<EngineException> { engines[0].full(1.0, Shape.of(1)) }
                explorer.draw(one, wish).toList() shouldBe first
                engines shouldHaveSize 2
                // Of several runs, one is open.
                explorer.draw(two, wish)
                engines shouldHaveSize 3
                shouldThrow<EngineException> { engines[1].full(1.0, Shape.of(1)) }
            }
            shouldThrow<EngineException> { engines[2].full(1.0, Shape.of(1)) }
        }
    })

private val RECIPE =
    """
    name: NAME
    data: digits
    generator:
      latent: 2
      layers: [{ type: dense, units: 64 }, { type: reshape, shape: [1, 8, 8] }, tanh]
    discriminator: { layers: [flatten, { type: dense, units: 1 }] }
    train: { steps: 1, batch: 4 }
    """
        .trimIndent()

private fun trained(folder: Path, name: String): ListedRun {
    val text = RECIPE.replace("NAME", name)
    val recipe = RecipeFormat.onClassPath.fromYaml(text, name)
    val directory = RunDirectory(folder)
    Engines.open("torch", Device.CPU, recipe.train.precision).use { engine ->
        RunHold.of(directory) {}
            .use { hold ->
                val training = Training.of(recipe, engine)
                training.listen(RunRecorder.fresh(hold, RecordedRecipe.text(text)))
                training.run()
            }
    }
    return ListedRun(RunIndex.id(name), name, directory, null)
}
