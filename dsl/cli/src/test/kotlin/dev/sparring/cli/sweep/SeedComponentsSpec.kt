package dev.sparring.cli.sweep

import dev.sparring.cli.NotOnWindows
import dev.sparring.cli.Words
import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.sweep.SweepText
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** The table of `golden/variance_components.py`: 3 seeds of weights, 4 of order, 2 of the rest. */
private val TABLE =
    listOf(12.0, 14.5, 11.0, 15.5, 9.0, 13.0, 17.5, 18.0) +
        listOf(22.0, 20.5, 19.0, 27.5, 16.0, 21.0, 25.5, 31.0) +
        listOf(7.0, 10.5, 12.0, 8.5, 3.0, 9.0, 14.5, 11.0)

private const val CROSSED =
    """
    recipe: small.yaml
    axes:
      train.seeds.weights: [1, 2, 3]
      loss: [hinge, leastSquares]
      train.seeds.order: [1, 2, 3, 4]
    seeds: SEEDS
    measure: [loss_d]
    """

@EnabledIf(NotOnWindows::class)
class SeedComponentsSpec :
    FreeSpec({
        val bench = workbench()
        bench.file("small.yaml", Workbench.SMALL)

        /**
         * Its runs with the table's figures for one loss, and ten times the figure for the other;
         * of the cells named, the runs diverged.
         */
        fun components(seeds: Int, diverged: (SweepRun) -> Boolean = { false }): SeedComponents {
            val file = bench.file("s$seeds.yaml", CROSSED.replace("SEEDS", "$seeds"))
            val sweep = SweepText.read(file, listOf("train.steps=20")) { RecipeText.read(it) }
            val root = bench.folder.resolve("$seeds-${diverged.hashCode()}")
            val runs = SweepRun.all(sweep, root, Words.load(emptyList()))
            for (run in runs) {
                val labels = run.cell.labels
                val weights = labels.getValue("train.seeds.weights").toInt() - 1
                val order = labels.getValue("train.seeds.order").toInt() - 1
                val value = TABLE[weights * 8 + order * 2 + run.seed.toInt() - 1]
                val shown = if (labels["loss"] == "hinge") value else 10 * value
                run.directory.path.createDirectories()
                val status = if (diverged(run)) "diverged" else "completed"
                run.directory
                    .provenance()
                    .writeText(
                        """{"status":"$status","lastStep":20,"engine":"torch","device":"cpu"}"""
                    )
                run.directory
                    .metrics()
                    .writeText("step,seconds,loss_d\n19,0.3,$shown\n20,0.4,$shown\n")
            }
            val results = runs.map { SweepResult.of(it, sweep) }
            return SeedComponents(
                sweep,
                sweep.cells.map { c -> CellResults(c, results.filter { it.run.cell === c }) },
            )
        }

        "components are those of the table, for each value of the other axes" {
            val lines = components(2).csv()!!.trimEnd().lines()
            lines[0] shouldBe "loss,figure,runs,n,source,variance,share,share_lo95,share_hi95"
            lines.size shouldBe 15
            val first = lines[1].split(",")
            first.take(5) shouldBe listOf("hinge", "loss_d", "24", "24", "weights")
            first[5].toDouble() shouldBe (46.47222222222222 plusOrMinus 1e-10)
            first[6].toDouble() shouldBe (0.674937 plusOrMinus 1e-6)
            first.drop(7) shouldBe listOf("", "")
            lines.map { it.split(",")[4] }.slice(1..7) shouldBe
                listOf("weights", "order", "seed", "weights x order") +
                    listOf("weights x seed", "order x seed", "weights x order x seed")
            val tenfold = lines[8].split(",")
            tenfold[0] shouldBe "leastSquares"
            tenfold[5].toDouble() shouldBe (4647.222222222222 plusOrMinus 1e-8)
        }

        "with one seed for the rest there are intervals from three values on" {
            val text = components(1).text()
            text.lines()[1] shouldContain Regex("^loss +figure +source +sd +share +95 %$")
            // (12, 11, 9, 17.5), (22, 19, 16, 25.5), (7, 12, 3, 14.5) by NumPy's mean squares.
            text.lines()[2] shouldContain
                Regex("^hinge +loss_d +weights +5\\.84\\d* +0\\.646\\d* +\\[0\\.\\d+, 0\\.\\d+\\]$")
            text shouldContain "share: of the variance over seeds that this source carries"
            text shouldNotContain "intervals need"
        }

        "runs that failed have no figures, and are a figure" {
            val lost = components(1) { it.cell.labels.values.toList() == listOf("2", "hinge", "3") }
            val text = lost.text()
            text shouldContain "hinge, loss_d: components of the 11 of 12 that survived"
            text shouldContain Regex("hinge +failed +weights x order")
            text shouldNotContain Regex("leastSquares +failed")
            val all = components(1) { it.cell.labels["loss"] == "hinge" }
            all.text() shouldContain "hinge, loss_d: no components; only 0 of 12 have it"
        }

        "a sweep trains over crossed seeds, and prints and draws whose luck it was" {
            val sweep =
                bench.file(
                    "trained.yaml",
                    """
                    recipe: small.yaml
                    axes: { train.seeds.weights: [1, 2], train.seeds.noise: [1, 2] }
                    seeds: 1
                    measure: [loss_d]
                    """,
                )
            val out = bench.path("trained")
            val done = bench.sparring("sweep", sweep, "--out", out, "--set", "train.steps=3")
            done.code shouldBe 0
            done.out shouldContain Regex("loss_d +weights x noise +[0-9]")
            val table = out.resolve("variance.csv").readText().lines()
            table[0] shouldBe "figure,runs,n,source,variance,share,share_lo95,share_hi95"
            table.size shouldBe 5
            val record = out.resolve("weights=2_noise=1/seed-1/run.json").readText()
            record shouldContain Regex("\"seeds\" : \\{\\s+\"weights\" : 2,\\s+\"noise\" : 1\\s+}")
            bench.sparring("report", out).code shouldBe 0
            out.resolve("report.html").readText() shouldContain "Whose luck"
            // Equal weights begin equal, whatever the noise.
            fun start(cell: String) =
                out.resolve("$cell/seed-1/checkpoints/000000/generator.safetensors")
                    .toFile()
                    .readBytes()
                    .toList()
            (start("weights=2_noise=1") == start("weights=2_noise=2")) shouldBe true
            (start("weights=1_noise=1") == start("weights=2_noise=1")) shouldBe false
        }
    })
