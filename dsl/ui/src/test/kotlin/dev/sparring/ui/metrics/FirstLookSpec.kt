package dev.sparring.ui.metrics

import dev.sparring.run.RunDirectory
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import java.util.Random
import kotlin.io.path.appendText
import kotlin.io.path.writeText

class FirstLookSpec :
    FreeSpec({
        "each bucket is of whole rows from one place, from the first to the last" {
            val run = RunDirectory(tempdir("run").toPath())
            val random = Random(1)
            val values = DoubleArray(60_001) { random.nextGaussian() }
            val text = StringBuilder("step,seconds,a,rare\n")
            for (step in 1..60_000) {
                val rare = if (step % 5000 == 0) "$step" else ""
                text.append("$step,${step / 64.0},${values[step]},$rare\n")
            }
            run.metrics().writeText(text)
            run.metrics().appendText("60001,1,torn")
            FirstLook.size(run) shouldBeGreaterThan 0L
            val found = FirstLook.at(run, listOf("a", "rare", "none"))
            found.keys.contains("none") shouldBe false
            val buckets = found.getValue("a")
            buckets.size shouldBe 64
            buckets.first().first shouldBe 1.0
            buckets.last().last shouldBe 60_000.0
            for ((before, bucket) in buckets.zipWithNext()) {
                bucket.first shouldBeGreaterThan before.last
                val rows = values.slice(bucket.first.toInt()..bucket.last.toInt())
                withClue("from ${bucket.first} to ${bucket.last}") {
                    rows.size shouldBeGreaterThan 20
                    bucket.count shouldBe rows.size
                    bucket.low shouldBe (rows.min() plusOrMinus 1e-12)
                    bucket.high shouldBe (rows.max() plusOrMinus 1e-12)
                    bucket.mean shouldBe (rows.average() plusOrMinus 1e-12)
                }
            }
            // Measured at a few steps only, of which some places may have one.
            for (bucket in found["rare"].orEmpty()) bucket.mean shouldBe bucket.last
        }

        "of a short file, and of none, there is none" {
            val run = RunDirectory(tempdir("run").toPath())
            FirstLook.size(run) shouldBe 0
            FirstLook.at(run, listOf("a")).keys.shouldBeEmpty()
            run.metrics().writeText("step,seconds,a\n1,0.1,3\n")
            FirstLook.size(run) shouldBe 0
        }
    })
