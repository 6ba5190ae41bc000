package dev.sparring.report.runs

import dev.sparring.report.Fixture
import dev.sparring.report.chart
import dev.sparring.report.contents
import dev.sparring.report.folder
import dev.sparring.report.pageOf
import dev.sparring.report.part
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.deleteExisting
import kotlin.io.path.readText
import kotlin.io.path.writeText
import org.jsoup.nodes.Document
import org.jsoup.nodes.Element

class RunsReportSpec :
    FreeSpec({
        fun run(
            folder: Path,
            seed: Int,
            data: String = "f00",
            status: String = "completed",
            steps: Int = 300,
        ): Path {
            val run = Fixture.run(folder.resolve("seed-$seed"), status, steps)
            Fixture.provenance(run, status, steps, ""","data":"$data"""")
            val json = run.resolve("run.json")
            json.writeText(json.readText().replace("\"seed\":7", "\"seed\":$seed"))
            return run
        }
        fun Element.rows() = select("tbody tr").map { row -> row.select("td").map { it.text() } }
        fun Document.headings() = select("figure.plots h3").map { it.text() }

        "the runs of a folder are on one page, each with its line in every plot" {
            val folder = folder()
            run(folder, 2)
            run(folder, 10, status = "stopped", steps = 120)
            val page = pageOf(folder)
            page.select(".status").text() shouldBe "2 runs: 1 completed, 1 stopped."
            page.contents() shouldContainExactly listOf("Runs", "Figures", "Samples", "Recipes")
            val rows = page.part("runs").rows()
            rows.map { it.take(5) } shouldContainExactly
                listOf(
                    listOf("seed-2", "ring", "2", "completed", "300"),
                    listOf("seed-10", "ring", "10", "stopped", "120 of 300"),
                )
            val losses = page.chart("Losses")
            losses.select(".panel-title").map { it.text() } shouldBe
                listOf("discriminator", "generator")
            losses.select(".legend li").map { it.text() } shouldBe listOf("seed-2", "seed-10")
            losses.select("svg").size shouldBe 2
            page.headings() shouldContain "penguins.king"
            page.headings().filter { "weight" in it }.shouldBeEmpty()
            page.part("samples").select("figcaption").map { it.text() } shouldBe
                listOf("seed-2, step 300", "seed-10, step 100")
            page.part("recipes").text() shouldContain "Equal in effect to that of seed-2."
        }

        "the best numbers are those of figures that have a direction" {
            val folder = folder()
            listOf(1, 2).forEach { run(folder, it) }
            val table = pageOf(folder).part("figures").select("table").first()!!
            val header = table.select("th").map { it.text() }
            header shouldContain "frechet_distance.classifier (lower)"
            val values =
                (10..300 step 10).associateWith { Fixture.value("frechet_distance.classifier", it) }
            val best = values.minBy { it.value }
            val cell = table.rows()[0][header.indexOf("frechet_distance.classifier (lower)")]
            cell shouldContain " at ${best.key}"
        }

        "runs link to their own reports, wherever the page is" {
            val folder = folder()
            val with = run(folder.resolve("a b"), 1)
            run(folder.resolve("a b"), 2)
            with.resolve("report.html").writeText("x")
            val links = pageOf(folder).part("runs").select("tbody a")
            links.map { it.attr("href") } shouldBe listOf("a%20b/seed-1/report.html")
            links.text() shouldBe "a b/seed-1"
            val elsewhere = folder.resolve("pages").createDirectories()
            pageOf(folder, elsewhere).part("runs").select("tbody a").attr("href") shouldBe
                "../a%20b/seed-1/report.html"
        }

        "damaged runs are rows that say so, and a line says what is wrong" {
            val folder = folder()
            run(folder, 1)
            val lost = run(folder, 2).resolve("run.json")
            lost.deleteExisting()
            val metrics = run(folder, 3).resolve("metrics.csv")
            metrics.writeText(metrics.readText().replaceFirst("\n1,", "\nx,"))
            val page = pageOf(folder)
            page.part("runs").rows().map { it[3] } shouldBe
                listOf("completed", "damaged", "completed")
            val lines = page.part("left-out").select("li").map { it.text() }
            lines[0] shouldBe "$lost: no such file, so nothing says what ran"
            lines[1] shouldContain "$metrics:2: expected "
            lines.size shouldBe 2
            page.chart("Losses").select(".legend li").shouldBeEmpty()
        }

        "runs on other data have plots of their own, and what is measured in another way has none" {
            val folder = folder()
            run(folder.resolve("one"), 1)
            run(folder.resolve("one"), 2)
            val two = run(folder.resolve("two"), 1, data = "bad")
            val other = run(folder.resolve("two"), 2, data = "bad")
            for ((at, many) in listOf(two to 500, other to 900)) {
                val json = at.resolve("run.json")
                val text = json.readText().removeSuffix("}")
                json.writeText("$text,\"conditions\":[\"$many samples, seed $many, pixels\"]}")
            }
            // Points of another seed would be drawn from the same mixture.
            val digits = Fixture.RECIPE.replace("data: ring", "data: digits")
            two.resolve("recipe.yaml").writeText(digits)
            other
                .resolve("recipe.yaml")
                .writeText(digits.replace("loss: hinge", "loss: wasserstein"))
            val page = pageOf(folder)
            page.contents() shouldContainExactly
                listOf("Runs", "Figures of ring", "Figures of ring (2)", "Samples", "Recipes")
            page.part("runs").text() shouldContain "These runs saw 2 sets of data"
            val first = page.part("figures-of-ring")
            first.select("h3").map { it.text() } shouldContain "Losses"
            first.select(".warnings li").shouldBeEmpty()
            val second = page.part("figures-of-ring-2")
            val headings = second.select("h3").map { it.text() }
            headings shouldContain "Scores of the discriminator"
            headings shouldNotContain "Losses"
            headings shouldNotContain "Modes hit"
            val lines = second.select(".warnings li").map { it.text() }
            lines[0] shouldBe
                "loss_d, loss_g: not comparable, since two/seed-1 and two/seed-2 have other losses or terms"
            lines[1] shouldContain "modes_hit, high_quality"
            lines[1] shouldContain
                "two/seed-1: 500 samples, pixels; two/seed-2: 900 samples, pixels"
            page.part("recipes").select("td").map { it.text() } shouldContain "loss"
        }

        "a cell of a sweep is a folder of runs" {
            val cell = Fixture.sweep(folder()).resolve("norm=none")
            pageOf(cell).part("runs").rows().map { it[0] } shouldBe
                listOf("seed-1", "seed-2", "seed-3")
        }

        "more runs than lines look different are listed, and said not to be drawn" {
            val folder = folder()
            for (seed in 1..31) {
                val run = folder.resolve("seed-$seed")
                Fixture.metrics(run, 3, listOf("loss_d"), every = 1)
                Fixture.provenance(run, "completed", 3, ""","data":"f00"""")
            }
            val page = pageOf(folder)
            page.part("runs").rows().size shouldBe 31
            page.part("left-out").text() shouldContain
                "Only the first 30 runs are compared and drawn."
            page.chart("Losses").select(".legend li").size shouldBe 30
            page.chart("Losses").select("svg").size shouldBeGreaterThan 0
        }

        "labels are what tells paths apart" {
            RunLabels.of(listOf("/a/b/x", "/a/c/x").map { Path.of(it) }) shouldBe
                listOf("b/x", "c/x")
            RunLabels.of(listOf(Path.of("/a/b/x"))) shouldBe listOf("x")
            RunLabels.of(listOf("/a/b", "/a/b/c").map { Path.of(it) }) shouldBe listOf("b", "b/c")
        }
    })
