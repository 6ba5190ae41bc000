package dev.sparring.cli.sweep

import dev.sparring.cli.Words
import dev.sparring.cli.Workbench
import dev.sparring.cli.workbench
import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.sweep.SweepText
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText

/** Tables of runs whose files are written here, so that all figures are known. */
class SweepTableSpec :
    FreeSpec({
        val bench = workbench()
        bench.file("small.yaml", Workbench.SMALL)
        val file =
            bench.file(
                "sweep.yaml",
                """
                recipe: small.yaml
                axes:
                  loss: { "hinge, plain": hinge, ls: leastSquares }
                  train.batch: [4, 8]
                seeds: 4
                measure: [loss_d]
                compare: { baseline: { loss: ls } }
                """,
            )
        val sweep = SweepText.read(file, listOf("train.steps=20")) { RecipeText.read(it) }
        val runs = SweepRun.all(sweep, bench.folder, Words.load(emptyList()))
        for (run in runs) {
            run.directory.path.createDirectories()
            val status = if (run.cell.title == "ls, 8" && run.seed > 2) "diverged" else "completed"
            run.directory
                .provenance()
                .writeText("""{"status":"$status","lastStep":20,"engine":"torch","device":"cpu"}""")
            // Only steps 19 and 20 count: their mean is the seed, and 10 more in one cell.
            val value = run.seed + if (run.cell.title == "hinge, plain, 4") 10 else 0
            run.directory
                .metrics()
                .writeText(
                    "step,seconds,loss_d\n1,0.1,1000\n18,0.2,1000\n19,0.3,${value - 0.5}\n20,0.4,${value + 0.5}\n"
                )
        }
        val results = runs.map { SweepResult.of(it, sweep) }
        val table = SweepTable(sweep, results)

        "a row for each run: the mean over the last tenth of the steps" {
            val lines = table.runsCsv().lines()
            lines[0] shouldBe "cell,loss,train.batch,seed,status,step,loss_d"
            lines[1] shouldBe "loss=hinge-plain_batch=4,\"hinge, plain\",4,1,completed,20,11.0"
            lines[15] shouldBe "loss=ls_batch=8,ls,8,3,diverged,20,"
            lines.size shouldBe 18
        }

        "a row for each cell: mean, deviation, interval and significance" {
            val lines = table.csv().lines()
            lines[0] shouldBe
                "cell,loss,train.batch,n,failures,loss_d_mean,loss_d_sd,loss_d_lo95,loss_d_hi95,loss_d_p"
            val raised = lines[1].substringAfter("\"hinge, plain\",").split(",")
            raised.take(4) shouldContainExactly listOf("4", "4", "0", "12.5")
            // numpy.std([1, 2, 3, 4], ddof=1)
            raised[4].toDouble() shouldBe (1.2909944487358056 plusOrMinus 1e-12)
            // All 256 resamples of 1, 2, 3, 4: 5 of them have a mean of at most 1.25, 15 of 1.5.
            raised.subList(5, 7) shouldContainExactly listOf("11.5", "13.5")
            // Two of 70 permutations are as far apart. The other cell's baseline has too few
            // values.
            raised[7].toDouble() shouldBe (2 / 70.0 plusOrMinus 1e-12)
            lines[2].substringAfter("plain\",") shouldBe "8,4,0,2.5,1.2909944487358056,1.5,3.5,"
            lines[3] shouldBe "loss=ls_batch=4,ls,4,4,0,2.5,1.2909944487358056,1.5,3.5,"
            // Fewer than three values: no interval is claimed.
            lines[4] shouldBe "loss=ls_batch=8,ls,8,2,2,1.5,0.7071067811865476,,,"
        }

        "a run that completed beyond a limit has failed, but has figures" {
            val text = file.toFile().readText() + "\nlimit: { loss_d: 3.5 }"
            val limited =
                SweepText.read(bench.file("limited.yaml", text), listOf("train.steps=20")) {
                    RecipeText.read(it)
                }
            val own =
                SweepRun.all(limited, bench.folder, Words.load(emptyList())).map {
                    SweepResult.of(it, limited)
                }
            val lines = SweepTable(limited, own).csv().lines()
            lines.drop(1).take(4).map { it.split(",").takeLast(7).take(3) } shouldBe
                listOf(
                    listOf("4", "4", "12.5"),
                    listOf("4", "1", "2.5"),
                    listOf("4", "1", "2.5"),
                    listOf("2", "2", "1.5"),
                )
            SweepTable(limited, own).runsCsv().lines()[8] shouldBe
                "loss=hinge-plain_batch=8,\"hinge, plain\",8,4,beyond limit,20,4.0"
        }

        "the text has the same in fewer digits" {
            val lines = table.text().lines().map { it.trim().split(Regex(" {2,}")) }
            lines[0] shouldContainExactly
                listOf("loss", "train.batch", "n", "failures", "loss_d", "sd", "95 %", "p")
            lines[1] shouldContainExactly
                listOf("hinge, plain", "4", "4", "0", "12.50", "1.291", "[11.50, 13.50]", "0.02857")
            lines[4] shouldContainExactly listOf("ls", "8", "2", "2", "1.500", "0.7071", "-", "-")
        }

        "several tests of a measure are corrected for" {
            val all =
                SweepText.read(
                    bench.file(
                        "more.yaml",
                        file
                            .toFile()
                            .readText()
                            .replace("{ loss: ls }", "{ loss: ls, train.batch: 4 }"),
                    ),
                    listOf("train.steps=20"),
                ) {
                    RecipeText.read(it)
                }
            val own =
                SweepRun.all(all, bench.folder, Words.load(emptyList())).map {
                    SweepResult.of(it, all)
                }
            val p = SweepTable(all, own).csv().lines().drop(1).map { it.substringAfterLast(",") }
            p[0].toDouble() shouldBe (4 / 70.0 plusOrMinus 1e-12)
            p[1] shouldBe "1.0"
            p[2] shouldBe ""
            p[3] shouldBe ""
        }
    })
