package dev.sparring.ui.metrics

import dev.sparring.run.RunDirectory
import dev.sparring.run.RunException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import kotlin.io.path.appendText
import kotlin.io.path.writeText

class MetricsFileSpec :
    FreeSpec({
        fun run() = RunDirectory(tempdir("run").toPath())

        fun values(buckets: Buckets?) = buckets?.coarse(1)?.map { it.last to it.mean }

        "only what is asked for is read, and empty cells are no values" {
            val run = run()
            run.metrics().writeText("step,seconds,a,b\n1,0.1,3,\n2,0.2,4,-0.5\n7,0.3,,2e-3\n")
            val file = MetricsFile(run)
            val found = file.read(listOf("b", "zeal"))
            file.figures shouldContainExactly listOf("a", "b")
            found.keys shouldContainExactly setOf("b")
            values(found["b"]) shouldBe listOf(2.0 to -0.5, 7.0 to 0.002)
            values(file.read(listOf("a"))["a"]) shouldBe listOf(1.0 to 3.0, 2.0 to 4.0)
        }

        "rows that come later are added, a torn one when it is whole" {
            val run = run()
            run.metrics().writeText("step,seconds,a\n1,0.1,3\n2,0.2,4")
            val file = MetricsFile(run)
            values(file.read(listOf("a"))["a"]) shouldBe listOf(1.0 to 3.0)
            run.metrics().appendText(".5\n3,0.3,5\n4,")
            values(file.read(listOf("a"))["a"]) shouldBe listOf(1.0 to 3.0, 2.0 to 4.5, 3.0 to 5.0)
            file.rows shouldBe 3
            file.generation shouldBe 1
        }

        "columns of one name and steps that do not grow are refused" {
            val run = run()
            fun refusal(text: String): String {
                run.metrics().writeText(text)
                return shouldThrow<RunException> { MetricsFile(run).read(listOf("a")) }.message!!
            }
            val file = run.metrics()
            refusal("step,seconds,a,a\n1,0.1,3,4\n") shouldBe
                "$file: its first line has the column 'a' twice: which of them counts?"
            refusal("step,seconds,a\n5,0.1,3\n4,0.2,3\n") shouldBe
                "$file: at byte 23: expected a step after 5, got 4"
            refusal("step,seconds,a\n-1,0.1,3\n") shouldBe
                "$file: at byte 15: expected a step after 0, got -1"
            refusal("step,seconds,a\n1.5,0.1,3\n") shouldBe
                "$file: at byte 15: expected a step from 1 to 9007199254740992, got 1.5"
        }

        "a file that was replaced, as by a resumed run, is read anew" {
            val run = run()
            run.metrics().writeText("step,seconds,a\n1,0.1,3\n2,0.2,4\n")
            val file = MetricsFile(run)
            file.read(listOf("a"))
            fun replace(text: String) {
                val other: Path = run.path.resolve("other")
                other.writeText(text)
                Files.move(other, run.metrics(), StandardCopyOption.REPLACE_EXISTING)
            }
            replace("step,seconds,a,c\n1,0.1,3,8\n2,0.2,9,8\n3,0.3,10,8\n")
            val found = file.read(listOf("a", "c"))
            values(found["a"]) shouldBe listOf(1.0 to 3.0, 2.0 to 9.0, 3.0 to 10.0)
            values(found["c"]) shouldBe listOf(1.0 to 8.0, 2.0 to 8.0, 3.0 to 8.0)
            file.generation shouldBe 2
            // Written in place, and longer than before.
            run.metrics()
                .writeText("step,seconds,a,c\n1,0.1,3,8\n2,0.2,7,8\n3,0.3,11,8\n4,0.4,1,1\n")
            values(file.read(listOf("a"))["a"]) shouldBe
                listOf(1.0 to 3.0, 2.0 to 7.0, 3.0 to 11.0, 4.0 to 1.0)
        }

        "a window is finer than the whole" {
            val run = run()
            val text = StringBuilder("step,seconds,a\n")
            for (step in 1..5000) text.append("$step,0.1,${step * 3}\n")
            run.metrics().writeText(text)
            val file = MetricsFile(run)
            file.read(listOf("a"))["a"]?.span shouldBe 8
            val window = file.window(listOf("a"), 2001.0, 2003.5)["a"]
            values(window) shouldBe listOf(2001.0 to 6003.0, 2002.0 to 6006.0, 2003.0 to 6009.0)
            run.metrics().appendText("5001,0.1,1\n")
            values(file.window(listOf("a"), 4999.5, 6000.0)["a"]) shouldBe
                listOf(5000.0 to 15000.0, 5001.0 to 1.0)
            file.read(listOf("a"))["a"]?.coarse(1)?.last()?.last shouldBe 5001.0
        }

        "every form of a number is read" {
            val texts =
                listOf("0.1", "-0.0", "-7", ".5", "5.", "1e-7", "-2.5E10", "123456789.125") +
                    listOf("NaN", "-Infinity", "1234567890123456789012", "0.000012207") +
                    listOf("0.00000000000000000000000003", "999999999999999", "0.69314718055994")
            val run = run()
            val rows = texts.mapIndexed { i, text -> "${i + 1},0.1,$text\n" }
            run.metrics().writeText("step,seconds,a\n" + rows.joinToString(""))
            val finite = texts.map(String::toDouble).filter(Double::isFinite)
            values(MetricsFile(run).read(listOf("a"))["a"])?.map { it.second } shouldBe finite
            // Of longer ones the last bit may be another.
            run.metrics().writeText("step,seconds,a\n1,0.1,0.6931471805599453\n")
            val long = values(MetricsFile(run).read(listOf("a"))["a"])!!.single().second
            (Math.abs(long - 0.6931471805599453) <= Math.ulp(long)) shouldBe true
            for (bad in listOf("-", ".", "1.2.3", "--1", "1,", "0x", "one")) {
                run.metrics().writeText("step,seconds,a\n1,0.1,$bad\n")
                shouldThrow<RunException> { MetricsFile(run).read(listOf("a")) }
            }
        }

        "no file is no figures yet; a damaged row is an error with its place" {
            val run = run()
            MetricsFile(run).read(listOf("a")) shouldBe emptyMap()
            run.metrics().writeText("step,seconds,a\n1,0.1,3\n2,0.2\n")
            shouldThrow<RunException> { MetricsFile(run).read(listOf("a")) }.message shouldBe
                "${run.metrics()}: at byte 23: expected 3 numbers, got '2,0.2'"
            run.metrics().writeText("no metrics\n")
            shouldThrow<RunException> { MetricsFile(run).read(listOf("a")) }.message shouldBe
                "${run.metrics()}: expected a first line 'step,seconds,...'"
        }
    })
