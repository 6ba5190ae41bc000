package dev.sparring.cli.explain

import dev.sparring.cli.Words
import dev.sparring.cli.sweep.SweepResult
import dev.sparring.cli.sweep.SweepRun
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.explain.Explain
import dev.sparring.dsl.explain.ExplainRequest
import dev.sparring.dsl.explain.Explanation
import dev.sparring.metric.Direction
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path

private val A =
    """
    data: ring
    generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
    discriminator: { layers: [{ type: dense, units: 4 }, relu, { type: dense, units: 1 }] }
    """
        .trimIndent()
private const val B_MORE = "\nloss: hinge\ntrain: { batch: 32 }"

private const val SEEDS = 4

private val PLAN: Explanation =
    Explain(
            RecipeText.fromYaml(A),
            RecipeText.fromYaml(A + B_MORE),
            Words.load(emptyList()).format,
            emptyList(),
        )
        .plan(
            ExplainRequest(
                "test",
                listOf("loss_g"),
                Direction.LOWER,
                (1L..SEEDS).toList(),
                null,
                1,
                emptyList(),
            )
        )

/**
 * Two moves, the loss and the batch; the figure of a set of them with a seed, null for a failure.
 */
private fun figure(of: (Set<Int>, Long) -> Double?): ExplainedFigure {
    val runs = SweepRun.all(PLAN.sweep, Path.of("none"), Words.load(emptyList()))
    val results =
        runs.map { run ->
            val taken = run.cell.folder.indices.filter { run.cell.folder[it] == 'B' }.toSet()
            val value = of(taken, run.seed)
            if (value == null) SweepResult(run, "diverged", 3, 0, emptyMap())
            else SweepResult(run, "completed", 9, 0, mapOf("loss_g" to value))
        }
    return ExplainedFigure(PLAN, results, "loss_g")
}

private val EXACT = 1e-12

class ExplainedFigureSpec :
    FreeSpec({
        "contributions to a mean are exact, interactions are shared, and seeds in common cancel" {
            // The loss brings -3, the batch 1, both together 8 more; a seed adds 10 times itself.
            val own = figure { taken, seed ->
                10.0 * seed +
                    (if (0 in taken) -3 else 0) +
                    (if (1 in taken) 1 else 0) +
                    (if (taken.size == 2) 8 else 0)
            }
            val mean = own.mean!!
            mean.changes.map { it.value } shouldBe listOf(1.0, 5.0)
            mean.whole.value shouldBe 6.0
            // Without common seeds the interval would be some 20 wide.
            mean.changes.forEach {
                it.interval!!.high - it.interval!!.low shouldBe (0.0 plusOrMinus 1e-9)
            }
            listOf(own.alone(0), own.alone(1), own.last(0), own.last(1)) shouldBe
                listOf(-3.0, 1.0, 5.0, 9.0)
            own.failures.whole.value shouldBe 0.0
            own.hasFailures shouldBe false
            // Four runs each of 10, 20, 30, 40 and what is added to them: pairs that are lower
            // count.
            val better = own.better!!
            better.whole.value shouldBe (6.0 / 16 - 0.5 plusOrMinus EXACT)
            better.changes.sumOf { it.value } shouldBe (better.whole.value plusOrMinus EXACT)
        }

        "a lucky survivor makes the mean better, but neither 'better' nor 'failed'" {
            val own = figure { taken, seed ->
                if (0 !in taken) 100.0 + seed else if (seed == 1L) 1.0 else null
            }
            // The mean of the survivors falls to 1 with the loss, whose batch is without effect.
            own.mean!!
                .changes
                .map { it.value }
                .zip(listOf(-101.5, 0.0))
                .forEach { (found, right) -> found shouldBe (right plusOrMinus EXACT) }
            own.failures.changes.map { it.value } shouldBe listOf(0.75, 0.0)
            own.failures.whole.value shouldBe 0.75
            // One of four is better than all, three are worse than all: 1/4 less 1/2.
            own.better!!.changes.map { it.value } shouldBe listOf(-0.25, 0.0)
            val text = ExplainText(PLAN, listOf(own)).text()
            text shouldContain
                "loss_g (lower is better): A 102.5, B 1.000 of 1 of 4 that survived\n"
            text shouldContain
                "loss_g: means are of the runs that survived; those that failed count"
            text shouldContain Regex("loss_g: [567]\\d\\d of 2000 resamples")
        }

        "where no run of a recipe survives, failures and 'better' still tell" {
            val own = figure { taken, seed -> if (1 in taken) null else 5.0 + seed }
            own.mean shouldBe null
            own.without shouldBe listOf("2", "all")
            own.alone(1) shouldBe null
            own.failures.changes.map { it.value } shouldBe listOf(0.0, 1.0)
            own.better!!.changes.map { it.value } shouldBe listOf(0.0, -0.5)
            val text = ExplainText(PLAN, listOf(own)).text()
            text shouldContain
                "loss_g: no contributions to the mean, for no run has it with these moves from B: 2; all"
            text shouldContain Regex("""all  B - A +- +- +-0\.5000""")
        }

        "a run that survives without a finite figure is said" {
            val own = figure { taken, seed ->
                if (taken.size == 2 && seed == 2L) Double.NaN else 1.0 + taken.size
            }
            own.missing shouldBe 1
            own.better shouldBe null
            own.mean!!.changes.map { it.value } shouldBe listOf(1.0, 1.0)
            ExplainText(PLAN, listOf(own)).text() shouldContain
                "loss_g: 1 runs that survived have no finite value, so that runs cannot be ranked"
        }
    })
