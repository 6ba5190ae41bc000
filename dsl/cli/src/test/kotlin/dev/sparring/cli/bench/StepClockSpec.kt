package dev.sparring.cli.bench

import dev.sparring.cli.Workbench
import dev.sparring.dsl.RecipeText
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engines
import dev.sparring.train.Ending
import dev.sparring.train.Step
import dev.sparring.train.Training
import dev.sparring.train.TrainingListener
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe

/** With a simulated clock: nothing here depends on the machine's speed. */
class StepClockSpec :
    FreeSpec({
        /** The steps that count if each takes the given time. */
        fun counted(wanted: Double, vararg seconds: Double): List<Double> {
            val recipe = RecipeText.fromYaml(Workbench.SMALL.trimIndent())
            var now = 0.0
            val clock = StepClock(wanted) { (now * 1e9).toLong() }
            Engines.open("torch", Device.CPU, recipe.train.precision).use { engine ->
                val training = Training.of(recipe.train(recipe.train.steps(1000)), engine)
                val time =
                    object : TrainingListener {
                        override fun stepped(training: Training, step: Step) {
                            now += seconds.getOrElse(step.number.toInt() - 1) { seconds.last() }
                        }
                    }
                training.listen(time).listen(clock).run() shouldBe Ending.STOPPED
            }
            return clock.seconds
        }

        "three steps warm up, then those that fit count" {
            counted(10.0, 9.0, 8.0, 7.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0) shouldBe
                listOf(1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0)
        }

        "short steps warm up for a fifth of the time" {
            // Two seconds of warm-up, ten of measurement.
            counted(10.0, 0.5, 0.5, 0.5, 0.5, 0.25) shouldBe List(40) { 0.25 }
        }

        "five steps count however long they take" { counted(1.0, 100.0) shouldBe List(5) { 100.0 } }
    })
