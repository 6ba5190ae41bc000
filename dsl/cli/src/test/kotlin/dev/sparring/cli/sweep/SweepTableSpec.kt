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
                compare: { baseline: { loss: ls }, lower: loss_d }
                """,
            )
        val sweep = SweepText.read(file, listOf("train.steps=20")) { RecipeText.read(it) }
        val runs = SweepRun.all(sweep, bench.folder, Words.load(emptyList()))
        for (run in runs) {
            run.directory.path.createDirectories()
            val status = if (run.cell.title == "ls, 8" && run.seed > 2) "diverged" else "completed"
            // The very first run needed a second chance.
            val retries = if (run === runs.first()) ""","retries":[{"diverged":9}]""" else ""
            run.directory
                .provenance()
                .writeText(
                    """{"status":"$status","lastStep":20,"engine":"torch","device":"cpu"$retries}"""
                )
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

        fun tableOf(name: String, change: (String) -> String): SweepTable {
            val changed = bench.file(name, change(file.toFile().readText()))
            val own = SweepText.read(changed, listOf("train.steps=20")) { RecipeText.read(it) }
            val all = SweepRun.all(own, bench.folder, Words.load(emptyList()))
            return SweepTable(own, all.map { SweepResult.of(it, own) })
        }

        /** The cells of a line after the labels. */
        fun String.figures() = substringAfter("plain\",").split(",").drop(1)

        "a row for each run: the mean over the last tenth of the steps" {
            val lines = table.runsCsv().lines()
            val facts = RunFacts.names
            lines[0] shouldBe
                "cell,loss,train.batch,seed,status,step,retries,loss_d," + facts.joinToString(",")
            // What the files of these runs do not say stays empty.
            val known = ",,,,,torch,,cpu,,,,,"
            lines[1] shouldBe
                "loss=hinge-plain_batch=4,\"hinge, plain\",4,1,completed,20,1,11.0$known"
            lines[15] shouldBe "loss=ls_batch=8,ls,8,3,diverged,20,0,$known"
            lines.size shouldBe 18
        }

        "a row for each cell: failures, mean, deviation, interval, rank and significance" {
            val lines = table.csv().lines()
            lines[0] shouldBe
                "cell,loss,train.batch,n,failures,runs,failures_lo95,failures_hi95,failures_p," +
                    "retried,loss_d_mean,loss_d_sd,loss_d_lo95,loss_d_hi95,loss_d_rank," +
                    "loss_d_better,loss_d_better_lo95,loss_d_better_hi95,loss_d_p"
            val raised = lines[1].figures()
            raised.take(4) shouldContainExactly listOf("4", "0", "4", "0.0")
            // 1 - .025^(1/4)
            raised[4].toDouble() shouldBe (0.602364635616474 plusOrMinus 1e-6)
            raised.subList(5, 8) shouldContainExactly listOf("1.0", "1", "12.5")
            // numpy.std([1, 2, 3, 4], ddof=1)
            raised[8].toDouble() shouldBe (1.2909944487358056 plusOrMinus 1e-12)
            // All 256 resamples of 1, 2, 3, 4: 5 of them have a mean of at most 1.25, 15 of 1.5.
            // The fourth of four cells by its median, 12.5 after 2.5, 2.5 and that with failures.
            raised.subList(9, 15) shouldContainExactly
                listOf("11.5", "13.5", "3", "0.0", "0.0", "0.0")
            // Two of 70 deals are as far apart; four comparisons: two figures and two of failures.
            raised[15].toDouble() shouldBe (4 * 2 / 70.0 plusOrMinus 1e-12)
            // Of its baseline two of four diverged: with them better in 10 of 16 pairs.
            val against = lines[2].figures()
            against.subList(11, 13) shouldContainExactly listOf("1", "0.625")
            lines[3] shouldBe
                "loss=ls_batch=4,ls,4,4,0,4,0.0,${raised[4]},,0,2.5,1.2909944487358056,1.5,3.5,1,,,,"
            // Fewer than three values: no interval is claimed. Two lucky runs do not make up for
            // two that diverged: the last place.
            lines[4].substringAfter("ls,8,").split(",").drop(7) shouldContainExactly
                listOf("1.5", "0.7071067811865476", "", "", "4", "", "", "", "")
        }

        "a run that completed beyond a limit has failed, but has figures" {
            val limited = tableOf("limited.yaml") { "$it\nlimit: { loss_d: 3.5 }" }
            val lines = limited.csv().lines().drop(1).take(4)
            lines
                .map { it.replace(", plain", "").split(",") }
                .map { it.subList(3, 5) + it[10] } shouldBe
                listOf(
                    listOf("4", "4", "12.5"),
                    listOf("4", "1", "2.5"),
                    listOf("4", "1", "2.5"),
                    listOf("2", "2", "1.5"),
                )
            limited.runsCsv().lines()[8] shouldBe
                "loss=hinge-plain_batch=8,\"hinge, plain\",8,4,beyond limit,20,0,4.0,,,,,torch,,cpu,,,,,"
        }

        "the text has the same in fewer digits, and says what it means" {
            val lines = table.text().lines().map { it.trim().split(Regex(" {2,}")) }
            lines[0] shouldContainExactly
                listOf("loss", "train.batch", "survived", "failed", "95 %", "p", "retried") +
                    listOf("loss_d", "sd", "95 %", "rank", "better", "95 %", "p")
            lines[1] shouldContainExactly
                listOf("hinge, plain", "4", "4 of 4", "0", "[0.000, 0.6024]", "1.000", "1") +
                    listOf("12.50", "1.291", "[11.50, 13.50]", "3") +
                    listOf("0.000", "[0.000, 0.000]", "0.1143")
            lines[4] shouldContainExactly
                listOf("ls", "8", "2 of 4", "2", "[0.06759, 0.9324]", "-", "0") +
                    listOf("1.500 of 2 that survived", "0.7071", "-", "4", "-", "-", "-")
            table.text().lines().drop(5).dropLast(1) shouldContainExactly
                listOf(
                    "means, sd and their 95 % are of the runs that survived",
                    "retried: runs that diverged and went on from a checkpoint",
                    "rank: by the median, a failed run being worse than every figure",
                    "better: how probable it is that a run is better than one of the baseline, " +
                        "with 95 %",
                    "p: by ranks, a failed run being worse than every figure; failures by Fisher's " +
                        "test; Holm's correction over 4 comparisons",
                )
        }

        "several tests of a table are corrected for together" {
            val all =
                tableOf("more.yaml") { it.replace("{ loss: ls }", "{ loss: ls, train.batch: 4 }") }
            val p = all.csv().lines().drop(1).map { it.substringAfterLast(",") }
            // Three figures and three of failures.
            p[0].toDouble() shouldBe (6 * 2 / 70.0 plusOrMinus 1e-12)
            p[1] shouldBe "1.0"
            p[2] shouldBe ""
            p[3] shouldBe "1.0"
        }

        "means are compared over survivors only if the sweep asks for it" {
            val means = tableOf("mean.yaml") { it.replace("lower: loss_d", "test: mean") }
            val lines = means.csv().lines()
            lines[0] shouldBe
                table.csv().lines()[0].replace(Regex("loss_d_(rank|better)[^,]*,"), "")
            // The other cell's baseline has too few survivors.
            val p = lines.drop(1).map { it.substringAfterLast(",") }
            p[0].toDouble() shouldBe (3 * 2 / 70.0 plusOrMinus 1e-12)
            p.drop(1).take(3) shouldContainExactly listOf("", "", "")
        }

        "runs of a seed are pairs if the sweep asks for it" {
            val pairs =
                tableOf("paired.yaml") {
                    it.replace("lower: loss_d", "lower: loss_d, test: paired")
                }
            val p = pairs.csv().lines().drop(1).map { it.substringAfterLast(",") }
            // All four differences are the same way; 2 of 16 flips.
            p[0].toDouble() shouldBe (4 * 2 / 16.0 plusOrMinus 1e-12)
        }

        "four runs that diverged and an excellent one never rank above five good ones" {
            val folder = bench.path("lucky")
            val lucky =
                SweepText.read(
                    bench.file(
                        "lucky.yaml",
                        """
                        recipe: small.yaml
                        axes: { loss: { lucky: hinge, good: leastSquares } }
                        seeds: 5
                        measure: [loss_d]
                        compare: { baseline: { loss: good }, lower: loss_d }
                        """,
                    ),
                    listOf("train.steps=20"),
                ) {
                    RecipeText.read(it)
                }
            val all = SweepRun.all(lucky, folder, Words.load(emptyList()))
            for (run in all) {
                run.directory.path.createDirectories()
                val isLost = run.cell.title == "lucky" && run.seed > 1
                val status = if (isLost) "diverged" else "completed"
                run.directory
                    .provenance()
                    .writeText(
                        """{"status":"$status","lastStep":20,"engine":"torch","device":"cpu"}"""
                    )
                val value = if (run.cell.title == "lucky") 0.001 else 50.0 + run.seed
                run.directory.metrics().writeText("step,seconds,loss_d\n20,0.4,$value\n")
            }
            val csv = SweepTable(lucky, all.map { SweepResult.of(it, lucky) }).csv().lines()
            val header = csv[0].split(",")
            fun figure(row: Int, name: String) = csv[row].split(",")[header.indexOf(name)]
            figure(1, "loss_d_mean") shouldBe "0.001"
            figure(1, "loss_d_rank") shouldBe "2"
            figure(2, "loss_d_rank") shouldBe "1"
            figure(1, "loss_d_better") shouldBe "0.2"
        }
    })
