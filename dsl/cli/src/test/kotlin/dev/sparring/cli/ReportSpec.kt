package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.io.path.writeText

class ReportSpec :
    FreeSpec({
        val bench = workbench()

        fun trained(name: String): Path =
            bench.path(name).also { run ->
                val recipe = bench.file("small.yaml", Workbench.SMALL)
                val done = bench.sparring("train", recipe, "--out", run, "--steps", 4)
                withClue(done.err) { done.code shouldBe 0 }
            }

        "a run's report lies in its directory, and standard output says where" {
            val run = trained("run")
            bench.sparring("eval", run, "--count", 20).code shouldBe 0
            val page = run.resolve("report.html")
            bench.sparring("report", run) shouldBe Outcome(0, "$page\n", "")
            val html = page.readText()
            html shouldStartWith "<!DOCTYPE html>"
            html shouldContain "Completed all 4 steps."
            html shouldContain "<svg"
            html shouldContain "data:image/png;base64,"
            html shouldContain "frechet_distance"
            // Reporting again changes nothing; a report is not part of its own content.
            bench.sparring("report", run).code shouldBe 0
            page.readText() shouldBe html
        }

        "all runs in a folder are reported on one page" {
            trained("several/seed-1")
            trained("several/seed-2")
            val folder = bench.path("several")
            val page = folder.resolve("report.html")
            bench.sparring("report", folder) shouldBe Outcome(0, "$page\n", "")
            page.readText() shouldContain "2 runs: 2 completed."

            val above = trained("above")
            val below = trained("above/seed-2")
            bench.sparring("report", above).err shouldBe
                "$above: is a run itself, and the page shows no others below it, such as $below\n"
        }

        "a report is written where --out says" {
            val run = trained("elsewhere")
            val page = bench.path("pages/new/run.html")
            bench.sparring("report", run, "--out", page) shouldBe Outcome(0, "$page\n", "")
            page.exists() shouldBe true
            run.resolve("report.html").exists() shouldBe false
        }

        "a wrong folder or output is refused in one line" {
            val missing = bench.path("nowhere")
            bench.sparring("report", missing) shouldBe
                Outcome(
                    2,
                    "",
                    "$missing: no runs here; expected a run directory, a folder with runs or a sweep's folder\n",
                )
            val run = trained("damaged")
            bench.sparring("report", run, "--out", bench.folder) shouldBe
                Outcome(
                    2,
                    "",
                    "--out: '${bench.folder}' is a folder; expected a file such as report.html\n",
                )
            val file = bench.file("file.txt", "x")
            val blocked = bench.sparring("report", run, "--out", file.resolve("report.html"))
            blocked.code shouldBe 2
            blocked.err shouldStartWith
                "--out: $file: cannot be written: there is a file of this name"
            blocked.err.trim().lines().size shouldBe 1
            val metrics = run.resolve("metrics.csv")
            val columns = metrics.readText().lines().first().split(",").size
            metrics.writeText(metrics.readText() + "5,0.1\n")
            bench.sparring("report", run) shouldBe
                Outcome(2, "", "$metrics:6: expected $columns numbers, got '5,0.1'\n")
            run.resolve("report.html").exists() shouldBe false
        }
    })
