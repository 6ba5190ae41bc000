package dev.sparring.ui

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlin.io.path.appendText
import kotlin.io.path.writeText

class RunIndexSpec :
    FreeSpec({
        "runs are found below a folder, with the sweep that they are of" {
            val folder = folder()
            for (seed in 1..2) WrittenRun.of(folder.resolve("norms/norm=sn/seed-$seed"), steps = 3)
            folder.resolve("norms/runs.csv").writeText("cell,seed\n")
            WrittenRun.of(folder.resolve("alone"), steps = 3)
            val all = RunIndex(folder).all()
            all.map { it.label to it.sweep } shouldContainExactly
                listOf(
                    "alone" to null,
                    "norms/norm=sn/seed-1" to "norms",
                    "norms/norm=sn/seed-2" to "norms",
                )
            // What a page was kept under still leads to its run after a restart.
            all.map { it.id } shouldBe RunIndex(folder).all().map { it.id }
            all.map { it.id } shouldBe all.map { RunIndex.id(it.label) }
        }

        "the folder is searched again after a while, and a run is read again when it changes" {
            val folder = folder()
            val run = WrittenRun.of(folder.resolve("a"), steps = 3)
            var now = 0L
            val index = RunIndex(folder) { now }
            index.all().size shouldBe 1
            WrittenRun.of(folder.resolve("b"), steps = 3)
            index.all().size shouldBe 1
            index.find(RunIndex.id("b")) shouldBe null
            now = 600_000_000L
            index.find(RunIndex.id("b"))?.label shouldBe "b"
            now += 5_000_000_001L
            index.all().size shouldBe 2
            val one = index.all().first()
            val before = index.overview(one)
            (index.overview(one) === before) shouldBe true
            run.resolve("metrics.csv").appendText("4,0.1,-0.5,1\n")
            index.overview(one).figures["loss_d"] shouldBe -0.5
        }

        "a folder that is a run itself is shown too" {
            val folder = WrittenRun.of(folder().resolve("mine"), steps = 3)
            RunIndex(folder).all().map { it.label } shouldContainExactly listOf("mine")
        }
    })
