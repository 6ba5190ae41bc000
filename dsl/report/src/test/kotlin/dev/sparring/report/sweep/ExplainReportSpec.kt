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
import io.kotest.matchers.shouldBe
import kotlin.io.path.createDirectories
import kotlin.io.path.deleteExisting
import kotlin.io.path.writeText

class ExplainReportSpec :
    FreeSpec({
        "a sweep that explains has its contributions first, as bars and in a table, and its moves" {
            val sweep = Fixture.sweep(folder().resolve("a-b").createDirectories())
            sweep
                .resolve("explain.csv")
                .writeText(
                    "figure,move,title,mean,mean_lo95,mean_hi95,better,better_lo95,better_hi95," +
                        "failures,failures_lo95,failures_hi95,alone,last\n" +
                        "zeal,1,loss,-12.5,-20.0,-3.0,0.25,0.0,0.5,0.125,,,-14.0,-11.0\n" +
                        "zeal,2,\"a, <b>\",,,,0.125,,,0.125,,,,\n" +
                        "zeal,all,B - A,-12.5,-21.0,-2.0,0.375,,,0.25,,,,\n"
                )
            sweep
                .resolve("moves.csv")
                .writeText("move,title,kind,setting,a,b\n1,loss,loss,loss,hinge,wasserstein\n")
            // Until all three are there, the page is that of any sweep.
            pageOf(sweep).title() shouldBe "a-b - Sweep report"
            sweep.resolve("notes.csv").writeText("note\nmoves are made in all orders: 4 recipes\n")
            val page = pageOf(sweep)
            page.title() shouldBe "a-b - Why two recipes differ"
            page.contents().take(2) shouldContainExactly listOf("What explains it", "Moves")
            val part = page.part("what-explains-it")
            part.select("svg title").map { it.text() } shouldContainExactly
                listOf("zeal by move", "better by move", "failed by move")
            part.select("tbody tr").map { row -> row.select("td").map { it.text() } } shouldBe
                listOf(
                    listOf("1", "loss", "-12.5", "-20 to -3", "-14", "-11") +
                        listOf("0.25", "0 to 0.5", "0.125", "-"),
                    listOf("2", "a, <b>", "-", "-", "-", "-", "0.125", "-", "0.125", "-"),
                    listOf(
                        "all",
                        "B - A",
                        "-12.5",
                        "-21 to -2",
                        "-",
                        "-",
                        "0.375",
                        "-",
                        "0.25",
                        "-",
                    ),
                )
            page.part("moves").select("li").text() shouldBe
                "moves are made in all orders: 4 recipes"

            sweep.resolve("moves.csv").writeText("move,kind\n1,loss\n")
            shouldThrow<RunException> { Reports.of(sweep) }.message shouldBe
                "${sweep.resolve("moves.csv")}: is damaged: it has no column 'setting'"
            sweep.resolve("moves.csv").deleteExisting()
        }
    })
