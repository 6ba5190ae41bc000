package dev.sparring.report.sweep

import dev.sparring.report.Fixture
import dev.sparring.report.Reports
import dev.sparring.report.contents
import dev.sparring.report.folder
import dev.sparring.report.pageOf
import dev.sparring.report.part
import dev.sparring.run.RunException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.deleteExisting
import kotlin.io.path.readText
import kotlin.io.path.writeText
import org.jsoup.nodes.Element

class SweepReportSpec :
    FreeSpec({
        fun Element.rows() = select("tbody tr").map { row -> row.select("td").map { it.text() } }

        fun sweep(): Path = Fixture.sweep(folder().resolve("ring-norms").createDirectories())

        "a sweep's report has the table, the plots and the runs" {
            val page = pageOf(sweep())
            page.title() shouldBe "ring-norms - Sweep report"
            page.select(".status").text() shouldBe "6 runs of 2 cells: 5 completed, 1 diverged."
            page.contents() shouldContainExactly
                listOf("Table", "Failures", "Measures", "Curves", "Samples", "Runs")
            val (first, second) = page.part("table").select("table")
            first.select("th.group").text() shouldBe "loss_d"
            first.rows() shouldContainExactly
                listOf(
                    listOf("none", "3", "0", "2.5", "1", "1.5 to 3.5", "-"),
                    listOf("sn, b=2", "2", "1", "3", "0.7071", "-", "0.1428"),
                )
            second.select("th.group").text() shouldBe "zeal"
            second.rows()[1] shouldContainExactly
                listOf("sn, b=2", "2", "1", "15", "7.071", "-", "1")
        }

        "a table that counts failures has rates, ranks and the probability of improvement" {
            val folder = sweep()
            val runs = folder.resolve("runs.csv")
            runs.writeText(
                runs
                    .readText()
                    .replace("step,loss_d", "step,retries,loss_d")
                    .replace(Regex("(completed|diverged),(\\d+),"), "$1,$2,0,")
            )
            Fixture.provenance(
                folder.resolve("norm=none/seed-2"),
                "completed",
                60,
                ""","retries":[{}]""",
            )
            folder
                .resolve("table.csv")
                .writeText(
                    "cell,discriminator.norm,n,failures,runs,failures_lo95,failures_hi95," +
                        "failures_p,retried," +
                        "loss_d_mean,loss_d_sd,loss_d_lo95,loss_d_hi95,loss_d_rank,loss_d_better," +
                        "loss_d_better_lo95,loss_d_better_hi95,loss_d_p," +
                        "zeal_mean,zeal_sd,zeal_lo95,zeal_hi95\n" +
                        "norm=none,none,3,0,3,0.0,0.7076,,1,2.5,1.0,1.5,3.5,1,,,,,20.0,10.0,10.0,30.0\n" +
                        "norm=sn-b-2,\"sn, b=2\",2,1,3,0.0084,0.9057,1.0,0,3.0,0.7071,,,2,0.25,0.0," +
                        "0.75,0.4,15.0,7.071,,\n"
                )
            val page = pageOf(folder)
            val first = page.part("table").select("table").first()!!
            first.select("th.number").map { it.text() } shouldContainExactly
                listOf("mean", "sd", "95 %", "rank", "better", "95 % of better", "p")
            first.rows() shouldContainExactly
                listOf(
                    listOf("none", "3", "0", "1", "2.5", "1", "1.5 to 3.5", "1", "-", "-", "-"),
                    listOf("sn, b=2", "2", "1", "0", "3 of 2 that survived", "0.7071", "-", "2") +
                        listOf("0.25", "0 to 0.75", "0.4"),
                )
            val failures = page.part("failures")
            failures.select("th").map { it.text() } shouldContainExactly
                listOf("discriminator.norm", "completed", "diverged", "retried", "rate, 95 %", "p")
            failures.rows() shouldContainExactly
                listOf(
                    listOf("none", "3", "0", "1", "0 to 0.7076", "-"),
                    listOf("sn, b=2", "2", "1", "0", "0.0084 to 0.9057", "1"),
                )
            page.part("runs").rows()[1].take(3) shouldContainExactly
                listOf("none", "2", "completed, retried")
            page.part("runs").rows()[1][4] shouldBe "2.5"
        }

        "a table of an earlier version says that its p-values leave failures out" {
            pageOf(sweep()).part("table").select("p").text() shouldContain
                "this table is of an earlier version and leaves failures out of them"
        }

        "failures are counted by cell" {
            val failures = pageOf(sweep()).part("failures")
            failures.select("th").map { it.text() } shouldContainExactly
                listOf("discriminator.norm", "completed", "diverged")
            failures.rows() shouldContainExactly
                listOf(listOf("none", "3", "0"), listOf("sn, b=2", "2", "1"))
        }

        "a plot of dots shows means, intervals and single runs" {
            val page = pageOf(sweep())
            val plots = page.part("measures").select("svg")
            plots.map { it.select("title").text() } shouldContainExactly
                listOf("loss_d by cell", "zeal by cell")
            val plot = plots.first().let { checkNotNull(it) }
            plot.select("text.axis-text-y").map { it.text() } shouldContainExactly
                listOf("none", "sn, b=2")
            val (none, sn) = plot.select("text.axis-text-y").map { it.height() }
            none shouldBeLessThan sn
            // Five completed runs as circles, two means as dots.
            plot.select("circle").size shouldBe 7
        }

        "curves are means over a cell's runs, of the measures and both losses" {
            val curves = pageOf(sweep()).part("curves")
            curves.select("h3").map { it.text() } shouldContainExactly
                listOf("loss_d", "zeal", "loss_g")
            curves.select("figure").first()?.select(".legend li")?.map { it.text() } shouldBe
                listOf("none", "sn, b=2")
        }

        "each cell's first run is shown" {
            val samples = pageOf(sweep()).part("samples")
            samples.select("figcaption").map { it.text() } shouldContainExactly
                listOf("none, seed 1, step 60", "sn, b=2, seed 1, step 60")
        }

        "runs are linked to their own reports, from wherever the page is" {
            val folder = sweep()
            folder.resolve("norm=none/seed-2/report.html").writeText("x")
            fun links(at: Path) =
                pageOf(folder, at).part("runs").select("td a").map { it.attr("href") }
            links(folder) shouldContainExactly listOf("norm=none/seed-2/report.html")
            links(folder.parent.resolve("pages")) shouldContainExactly
                listOf("../ring-norms/norm=none/seed-2/report.html")
            val rows = pageOf(folder).part("runs").rows()
            rows[1] shouldContainExactly
                listOf("none", "2", "completed", "60", "2.5", "20", "report")
            rows[5] shouldContainExactly listOf("sn, b=2", "3", "diverged", "37", "-", "-", "-")
        }

        "folders with odd names are linked all the same" {
            val folder = sweep()
            val odd = folder().resolve("a b#c%25")
            folder.toFile().copyRecursively(odd.toFile())
            odd.resolve("norm=none/seed-2/report.html").writeText("x")
            pageOf(odd, odd.parent).part("runs").select("td a").attr("href") shouldBe
                "a%20b%23c%2525/norm=none/seed-2/report.html"
        }

        "an unfinished sweep shows its runs so far" {
            val folder = sweep()
            folder.resolve("runs.csv").deleteExisting()
            folder.resolve("table.csv").deleteExisting()
            val page = pageOf(folder)
            page.select(".status").text() shouldBe
                "6 runs of 2 cells: 5 completed, 1 diverged. " +
                    "The sweep is not finished: its table is not written yet."
            page.contents() shouldContainExactly listOf("Failures", "Curves", "Samples", "Runs")
            page.part("runs").rows().map { it.take(3) }.last() shouldContainExactly
                listOf("norm=sn-b-2", "3", "diverged")
        }

        "a table that is older than its runs is marked" {
            val folder = sweep()
            Fixture.provenance(folder.resolve("norm=none/seed-1"), "running", 12)
            pageOf(folder).select(".status").text() shouldBe
                "6 runs of 2 cells: 1 running, 4 completed, 1 diverged. " +
                    "Some have progressed since the table was written."
        }

        "a run that completed beyond a limit of the sweep is a failure with figures" {
            val folder = sweep()
            val runs = folder.resolve("runs.csv")
            runs.writeText(runs.readText().replace("1,completed,60,1.5", "1,beyond limit,60,1.5"))
            val page = pageOf(folder)
            page.select(".status").text() shouldBe
                "6 runs of 2 cells: 1 beyond limit, 4 completed, 1 diverged."
            page.part("failures").rows()[0] shouldContainExactly listOf("none", "1", "2", "0")
            page.part("failures").text() shouldContain "above the sweep's limit"
            page.part("runs").rows()[0] shouldContainExactly
                listOf("none", "1", "beyond limit", "60", "1.5", "10", "-")
        }

        "a run without files is a failed one" {
            val folder = sweep()
            folder.resolve("norm=none").toFile().deleteRecursively()
            val runs = folder.resolve("runs.csv")
            runs.writeText(runs.readText().replace("1,completed,60,1.5,10", "1,failed,0,,"))
            pageOf(folder).part("runs").rows()[0] shouldContainExactly
                listOf("none", "1", "failed", "0", "-", "-", "-")
        }

        "names of cells are text and never markup" {
            val folder = sweep()
            val runs = folder.resolve("runs.csv")
            runs.writeText(runs.readText().replace("sn, b=2", "<script>alert(1)</script>"))
            val page = pageOf(folder)
            page.part("runs").rows()[4][0] shouldBe "<script>alert(1)</script>"
        }

        "values that are not numbers break no plot" {
            val folder = sweep()
            val runs = folder.resolve("runs.csv")
            runs.writeText(runs.readText().replace("1.5,10", "NaN,Infinity"))
            pageOf(folder).part("measures").select(".notes").map { it.text() } shouldContainExactly
                List(2) { "1 value not finite, and not drawn." }
        }

        "damaged tables are reported in one line" {
            fun message(folder: Path) =
                shouldThrow<RunException> { Reports.of(folder) }.message.orEmpty()
            val folder = sweep()
            val runs = folder.resolve("runs.csv")
            val whole = runs.readText()
            runs.writeText(whole.replace("\"none\",2,completed", "none,completed"))
            message(folder) shouldBe "$runs:3: expected 7 cells, got 6"
            runs.writeText(whole.replace("\"none\",2,completed", "none,two,completed"))
            message(folder) shouldBe "$runs:3: expected a seed, got 'two'"
            runs.writeText(whole.replace("seed,status", "status,seed"))
            message(folder) shouldBe
                "$runs: is damaged: expected cell, axes, seed, status, step, measures"
            runs.writeText("")
            message(folder) shouldBe "$runs: is damaged: it is empty"
            runs.writeText(whole)
            val table = folder.resolve("table.csv")
            table.writeText(table.readText().replace("zeal_mean", "zest_mean"))
            message(folder) shouldBe "$table: is damaged: it has no column 'zeal_mean'"
        }
    })

/** How far below the top of its plot something is. */
private fun Element.height(): Double =
    parents()
        .mapNotNull { Regex("translate\\(\\S+ (\\S+)").find(it.attr("transform")) }
        .sumOf { it.groupValues[1].toDouble() }
