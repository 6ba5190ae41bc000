package dev.sparring.report.chart

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeBetween
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.numericDouble
import io.kotest.property.checkAll

private fun series(values: List<Double>) =
    Series(DoubleArray(values.size) { 10.0 * it }, values.toDoubleArray())

class ThinningSpec :
    FreeSpec({
        val values = Arb.list(Arb.numericDouble(-1e6, 1e6), 1..2000)

        "thinning keeps order, ends and extremes, and not more points than it may" {
            checkAll(200, values, Arb.int(4..300)) { list, most ->
                val whole = series(list)
                val thin = whole.thinned(most)
                thin.size shouldBeLessThanOrEqual most
                thin.steps.toList() shouldBe thin.steps.sorted().distinct()
                thin.steps.forEachIndexed { i, step ->
                    thin.values[i] shouldBe list[(step / 10).toInt()]
                }
                thin.steps.first() shouldBe whole.steps.first()
                thin.steps.last() shouldBe whole.steps.last()
                thin.values.max() shouldBe list.max()
                thin.values.min() shouldBe list.min()
                if (list.size <= most) thin.values.toList() shouldBe list
            }
        }

        "a single spike among a hundred thousand values is drawn" {
            val thin = series(List(100_000) { if (it == 77_777) -5.0 else 1.0 }).thinned()
            thin.size shouldBeLessThanOrEqual MOST_POINTS
            thin.values.count { it == -5.0 } shouldBe 1
            thin.steps[thin.values.toList().indexOf(-5.0)] shouldBe 777_770.0
        }

        "the least and the greatest of each section are kept, in their order" {
            // Ends, and two sections of four between them.
            series(listOf(9.0, 3.0, 1.0, 2.0, 4.0, 8.0, 5.0, 7.0, 6.0, 0.0))
                .thinned(6)
                .values
                .toList() shouldContainExactly listOf(9.0, 1.0, 4.0, 8.0, 5.0, 0.0)
        }

        "smoothing stays between the extremes and at the steps of the series" {
            checkAll(200, values) { list ->
                val whole = series(list)
                val smooth = whole.smoothed()
                smooth.size shouldBe minOf(list.size, 200)
                smooth.steps.last() shouldBe whole.steps.last()
                val room = 1e-9 * 1e6
                smooth.values.forEach { it.shouldBeBetween(list.min(), list.max(), room) }
            }
        }

        "a smoothed value is the mean over a twentieth around, less at the ends" {
            val smooth = series(List(120) { it * it * 1.0 }).smoothed()
            // Three values to each side.
            smooth.values[60] shouldBe ((57..63).map { it * it }.average() plusOrMinus 1e-9)
            smooth.values[0] shouldBe ((0..3).map { it * it }.average() plusOrMinus 1e-9)
            smooth.values[119] shouldBe ((116..119).map { it * it }.average() plusOrMinus 1e-9)
        }

        "large numbers have a mean too" {
            series(List(100) { 1e308 }).smoothed().values.toSet().single() shouldBe
                (1e308 plusOrMinus 1e295)
        }

        "places are spread evenly, both ends included" {
            List(4) { evenly(it, 4, 10) } shouldContainExactly listOf(0, 3, 6, 9)
            List(3) { evenly(it, 3, 3) } shouldContainExactly listOf(0, 1, 2)
            evenly(0, 1, 5) shouldBe 4
        }
    })
