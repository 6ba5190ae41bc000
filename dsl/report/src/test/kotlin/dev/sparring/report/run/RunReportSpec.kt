package dev.sparring.report.run

import dev.sparring.report.Fixture
import dev.sparring.report.Reports
import dev.sparring.report.chart
import dev.sparring.report.chart.MOST_POINTS
import dev.sparring.report.checked
import dev.sparring.report.contents
import dev.sparring.report.folder
import dev.sparring.report.pageOf
import dev.sparring.report.part
import dev.sparring.run.RunException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.nio.file.Path
import kotlin.io.path.deleteExisting
import kotlin.io.path.readText
import kotlin.io.path.writeText

class RunReportSpec :
    FreeSpec({
        "a run's report has all files of the run" {
            val page = pageOf(Fixture.run(folder()))
            page.title() shouldBe "ring, seed 7 - Run report"
            page.select("h1").text() shouldBe "ring, seed 7"
            page.select(".status").text() shouldBe "Completed all 300 steps."
            page.contents() shouldContainExactly
                listOf("Key facts", "Findings", "Losses", "Samples", "Evaluations") +
                    listOf("Metrics over steps", "Scores and slopes", "Gradients and weights") +
                    listOf("Further figures", "Recipe", "Provenance")
            val facts =
                page.part("key-facts").select("tr").associate {
                    it.select("th").text() to it.select("td").text()
                }
            facts["Loss"] shouldBe "hinge"
            facts["Discriminator"] shouldBe "1 layer, initializer normal, norm bssn"
            facts["Generator"] shouldBe "1 layer, initializer orthogonal, norm none"
            facts["Engine"] shouldBe "libtorch 2.10, cpu"
            facts["Took"] shouldBe "6 s, 50 steps a second"
            page.part("findings").select("li").text() shouldBe
                "step 120: D has won: its loss is near 0"
            page.part("recipe").select("pre").first()?.wholeText() shouldBe Fixture.RECIPE
            page.part("provenance").text() shouldContain "engineVersion libtorch 2.10"
        }

        "evaluations are tables with their conditions and warnings" {
            val part = pageOf(Fixture.run(folder())).part("evaluations")
            part.select("h3").text() shouldBe "000300.json"
            part.select("p").text() shouldBe
                "step 300, extractor pixels, samples 500, real 400, seed 7"
            part.select("tbody td").map { it.text() } shouldContainExactly
                listOf("frechet_distance", "3.598", "500 fake samples")
            part.select(".warnings li").text() shouldBe "Warning: too few samples for 64 features"
        }

        "figures by truncation are a table and charts, intervals a column" {
            val run = Fixture.run(folder())
            run.resolve("evaluations/000300.truncation-resample.json")
                .writeText(
                    """{"step":300,"metrics":[],"truncation":{"kind":"resample","points":[
                    {"value":0.5,"figures":{"precision":0.9,"recall":0.1}},
                    {"value":1,"figures":{"precision":0.8,"recall":0.3}},
                    {"value":null,"figures":{"precision":0.6,"recall":0.4}}],
                    "conditions":"60 samples"}}"""
                )
            run.resolve("evaluations/000300.neighbors.json")
                .writeText(
                    """{"step":300,"metrics":[{"figures":{"nearest_ratio":0.98},
                    "intervals":{"nearest_ratio":[0.95,1.01]},"conditions":"so","warnings":[]}]}"""
                )
            val part = pageOf(run).part("evaluations")
            part.select("thead").map { it.text() } shouldContainExactly
                listOf(
                    "figure value conditions",
                    "figure value 95 % interval conditions",
                    "resample precision recall",
                )
            part.select("tbody").last()!!.text() shouldBe "0.5 0.9 0.1 1 0.8 0.3 none 0.6 0.4"
            part.select("tbody")[1].text() shouldBe "nearest_ratio 0.98 0.95 to 1.01 so"
            part.select("figcaption h3").map { it.text() } shouldContainExactly
                listOf("Precision against recall", "precision and recall")
            part.text() shouldContain "without truncation"
            part.text() shouldContain "60 samples"
        }

        "evaluations are in the order of steps, whatever the rest of their names" {
            val run = Fixture.run(folder())
            val text = run.resolve("evaluations/000300.json").readText()
            for (name in listOf("1000000", "000300.classifier-1a2b", "000050.classifier-1a2b")) {
                run.resolve("evaluations/$name.json").writeText(text)
            }
            pageOf(run).part("evaluations").select("h3").map { it.text() } shouldContainExactly
                listOf("000050.classifier-1a2b", "000300.classifier-1a2b", "000300", "1000000")
                    .map { "$it.json" }
        }

        "eight pictures are shown, the first and the last among them" {
            val part = pageOf(Fixture.run(folder())).part("samples")
            part.select("figcaption").map { it.text() } shouldContainExactly
                listOf(0, 50, 75, 125, 175, 225, 250, 300).map { "ring, seed 7: step $it" }
            part.select("p").text() shouldContain "8 of 13 pictures, evenly spaced"
            // Forty pixels wide: enlarged, so that pixels stay sharp.
            part.select("img.crisp").size shouldBe 8
        }

        "a large picture is shrunk, and an unreadable one is named" {
            val run = folder()
            Fixture.picture(run, 5, width = 1280)
            run.resolve("samples/000007.png").writeText("no picture")
            run.resolve("samples/notes.png").writeText("no step")
            Fixture.provenance(run, "completed", 7)
            val part = pageOf(run).part("samples")
            part.select("figcaption").text() shouldBe "ring, seed 7: step 5, shrunk from 1280 x 640"
            part.select("img").attr("data-width") shouldBe "640"
            part.select("img").attr("width") shouldBe "320"
            part.select("img.crisp").size shouldBe 0
            part.select(".notes").text() shouldBe "000007.png is not a readable picture."
        }

        "every column of the metrics has a line" {
            val page = pageOf(Fixture.run(folder()))
            page.chart("Fréchet distance (extractor classifier)").select("svg").size shouldBe 1
            page.text() shouldNotContain "FID"
            page.chart("Time").select("svg").size shouldBe 1
            page.chart("penguins").select(".legend li").map { it.text() } shouldContainExactly
                listOf("emperor", "king")
            page
                .chart("Variance of the weights: discriminator")
                .select("svg title")
                .map { it.text() }
                .first() shouldBe "Variance of the weights: discriminator, over LeCun's"
            // A line and a smoothed one of each loss.
            page.chart("Losses").select("svg path[stroke-width]").size shouldBe 4
            page.chart("zeal").select("svg path[stroke-width]").size shouldBe 1
        }

        "plots are linear or logarithmic, with a reference where there is one" {
            val page = pageOf(Fixture.run(folder()))
            val updates = page.chart("Update ratio: generator")
            updates.select("text.axis-text-y").map { it.text() } shouldContain "0.001"
            updates.select("line[stroke-dasharray]").size shouldBe 1
            page
                .chart("Norm of the weights: generator")
                .select("line[stroke-dasharray]")
                .size shouldBe 0
        }

        "how a run ended is said in words" {
            fun status(word: String, step: Int, steps: Int): String {
                val run = folder()
                Fixture.provenance(run, word, step)
                if (steps > 0) Fixture.metrics(run, steps, listOf("loss_d"))
                return pageOf(run).select(".status").text()
            }
            status("diverged", 136, 136) shouldBe
                "Diverged after step 136 of 300: a loss or a weight was not finite any more."
            status("stopped", 20, 20) shouldBe "Stopped after step 20 of 300; it can be resumed."
            status("failed", 20, 20) shouldBe "Failed after step 20 of 300."
            status("running", 0, 40) shouldBe
                "Running or killed: it has not recorded its end. The last figures are of step 40 of 300."
            status("running", 0, 0) shouldContain "There are no figures yet."
        }

        "a run without metrics yet gets a report that says so" {
            val run = folder()
            run.resolve("recipe.yaml").writeText(Fixture.RECIPE)
            val page = pageOf(run)
            page.select(".status").text() shouldBe "Not begun: there is no run.json."
            page.contents() shouldContainExactly listOf("Key facts", "Metrics", "Recipe")
            page.part("metrics").text() shouldContain "There are no metrics yet"
            Fixture.metrics(run, 0)
            pageOf(run).part("metrics").text() shouldContain "There are no metrics yet"
        }

        "columns without a number yet are named" {
            val run = folder()
            Fixture.metrics(run, 5, listOf("loss_d", "zeal", "vigor"))
            pageOf(run).part("further-figures").select(".notes").text() shouldBe
                "Without a number yet: zeal, vigor."
        }

        "values that are not numbers break no plot, and are counted" {
            val run = folder()
            Fixture.metrics(run, 300, listOf("loss_d", "loss_g", "zeal"), every = 1) { column, step
                ->
                when {
                    column == "zeal" -> Double.NaN
                    step == 300 && column == "loss_d" -> 1.7e30
                    step > 298 -> Double.NEGATIVE_INFINITY
                    else -> Fixture.value(column, step)
                }
            }
            val page = pageOf(run)
            val notes = page.chart("Losses").select(".notes").text()
            notes shouldContain "3 values are not finite, or beyond 1e150, and not drawn."
            notes shouldContain "up to 1.7e30, is drawn at the edge."
            page.chart("zeal").select("svg").size shouldBe 0
            page.chart("zeal").text() shouldContain "Nothing to draw."
            page.chart("zeal").text() shouldContain "300 values are not finite"
        }

        "text of users is never markup" {
            val run = Fixture.run(folder())
            val evil = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;"
            run.resolve("findings.txt").writeText("step 1: $evil\n")
            run.resolve("recipe.yaml").writeText("name: $evil\n")
            Fixture.provenance(run, "completed", 300, ""","name2":"$evil","$evil":1""")
            run.resolve("run.json")
                .writeText(run.resolve("run.json").readText().replace("ring", evil))
            Fixture.metrics(run, 40, listOf("loss_d", "zeal.$evil", evil), every = 1)
            run.resolve("evaluations/000300.json")
                .writeText(
                    """{"step":"$evil","metrics":[{"figures":{"$evil":1},"conditions":"$evil","warnings":["$evil"]}]}"""
                )
            val html = Reports.of(run).html(run)
            html shouldNotContain "<script>alert"
            html shouldNotContain "<img src=x"
            val page = checked(html)
            page.select("h1").text() shouldBe "$evil, seed 7"
            page.part("findings").select("li").text() shouldBe "step 1: $evil"
            page.chart(evil.substringBefore('.')).select("svg title").text() shouldBe evil
        }

        "a hundred thousand steps make a page of few megabytes" {
            val run = folder()
            Fixture.metrics(run, 100_000, Fixture.COLUMNS, every = 100)
            Fixture.provenance(run, "completed", 100_000)
            val html = Reports.of(run).html(run)
            html.length shouldBeGreaterThan 100_000
            html.length shouldBeLessThan 2_000_000
            val losses = checked(html).chart("Losses")
            losses.text() shouldContain "600 of 100,000 values a line are drawn."
            // The library writes a path's first point twice.
            val points =
                losses.select("svg path[stroke-width]").map { it.attr("d").split("L").size - 1 }
            points.max() shouldBe MOST_POINTS
        }

        "equal runs have equal reports" {
            val run = Fixture.run(folder())
            Reports.of(run).html(run) shouldBe Reports.of(run).html(run)
        }

        "a recipe that this version cannot read is shown as it is" {
            val run = Fixture.run(folder())
            run.resolve("recipe.yaml").writeText("name: ring\ngenerator: { type: fancy }\n")
            val page = pageOf(run)
            page.part("recipe").text() shouldContain "type: fancy"
            page.part("key-facts").select("th").map { it.text() } shouldNotContain "Loss"
        }

        "a folder without a run and damaged files are reported in one line" {
            fun message(folder: Path) =
                shouldThrow<RunException> { Reports.of(folder) }.message.orEmpty()
            val empty = folder()
            message(empty) shouldBe
                "$empty: no runs here; expected a run directory, a folder with runs or a sweep's folder"
            val missing = empty.resolve("missing")
            message(missing) shouldBe
                "$missing: no runs here; expected a run directory, a folder with runs or a sweep's folder"
            val run = Fixture.run(folder())
            val metrics = run.resolve("metrics.csv")
            metrics.writeText("step,seconds,loss_d\n1,0.1,2\n2,0.2\n")
            message(run) shouldBe "$metrics:3: expected 3 numbers, got '2,0.2'"
            metrics.deleteExisting()
            val evaluation = run.resolve("evaluations/000300.json")
            evaluation.writeText("{")
            message(run) shouldContain "$evaluation: is damaged: "
            message(run).lines().size shouldBe 1
            evaluation.writeText("""{"metrics":[{}]}""")
            message(run) shouldBe "$evaluation: is damaged: a metric has no figures"
            evaluation.writeText("[]")
            message(run) shouldBe "$evaluation: is damaged: it is no JSON object"
            run.resolve("run.json").writeText("{")
            message(run) shouldContain "run.json: is damaged: "
        }
    })
