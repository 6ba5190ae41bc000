package dev.sparring.report.chart

import dev.sparring.report.short
import io.kotest.core.spec.style.FreeSpec
import io.kotest.inspectors.forAll
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeGreaterThanOrEqual
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.numericDouble
import io.kotest.property.checkAll
import kotlin.math.pow

private fun panel(vararg values: Double) =
    Panel("", listOf(Line("x", Series(DoubleArray(values.size) { it + 1.0 }, values))))

class DrawingSpec :
    FreeSpec({
        "values that are not finite are left out, with a note" {
            val drawing =
                Drawing.of(panel(1.0, Double.NaN, Double.POSITIVE_INFINITY, 4.0, 1e200), false)
            drawing.lines.single().points.values.toList() shouldContainExactly listOf(1.0, 4.0)
            drawing.lines.single().points.steps.toList() shouldContainExactly listOf(1.0, 4.0)
            drawing.notes shouldContainExactly
                listOf("3 values are not finite, or beyond 1e150, and not drawn.")
        }

        "a logarithmic axis has no place for 0" {
            val drawing = Drawing.of(panel(1.0, 0.0, 10.0), true)
            drawing.lines.single().points.values.toList() shouldContainExactly listOf(1.0, 10.0)
            drawing.notes shouldContainExactly
                listOf("1 value is not above 0, and not drawn on the logarithmic axis.")
        }

        "an outlier is drawn at the edge, with a note of its size" {
            val values = DoubleArray(200) { it % 10 / 10.0 }
            values[150] = 1.7e30
            val drawing = Drawing.of(panel(*values), false)
            drawing.lines.single().points.values.max() shouldBe (1.35 plusOrMinus 1e-9)
            drawing.notes shouldContainExactly
                listOf("1 value outside of 0 to 1.35, up to 1.7e30, is drawn at the edge.")
        }

        "values that are merely spread out stay in their places" {
            val values = DoubleArray(200) { 1.2.pow(it / 5) }
            Drawing.of(panel(*values), false).notes.shouldBeEmpty()
        }

        "long lines are smoothed, on a logarithmic axis by the geometric mean" {
            Drawing.of(panel(*DoubleArray(59) { 1.0 }), false).lines.single().smooth.shouldBeNull()
            // Windows of four: at the end two values of each kind.
            val wild = panel(*DoubleArray(60) { if (it % 2 == 0) 1.0 else 100.0 })
            val plain = Drawing.of(wild, false).lines.single().smooth.shouldNotBeNull()
            plain.values[0] shouldBe (50.5 plusOrMinus 1e-9)
            val log = Drawing.of(wild, true).lines.single().smooth.shouldNotBeNull()
            log.values[0] shouldBe (10.0 plusOrMinus 1e-9)
        }

        "an axis has room for all panels of a chart and its reference" {
            val low = panel(1.0, 2.0)
            val high = panel(50.0, 101.0)
            val chart = Chart("", "", listOf(low, high), false, -99.0)
            val axis = Axis.of(chart, chart.panels.map { Drawing.of(it, false) }).shouldNotBeNull()
            axis.low shouldBe (-109.0 plusOrMinus 1e-9)
            axis.high shouldBe (111.0 plusOrMinus 1e-9)
            val none = Chart("", "", listOf(panel(Double.NaN)), false, 1.0)
            Axis.of(none, none.panels.map { Drawing.of(it, false) }).shouldBeNull()
        }

        "an axis of one value has a width" {
            for ((value, isLog) in listOf(0.0 to false, -3.0 to false, 2.0 to true)) {
                val chart = Chart("", "", listOf(panel(value, value)), isLog)
                val axis = Axis.of(chart, chart.panels.map { Drawing.of(it, isLog) })
                axis.shouldNotBeNull()
                (axis.low < value && value < axis.high) shouldBe true
            }
        }

        "logarithmic ticks are round numbers, a few of them" {
            logTicks(0.0007, 130.0) shouldContainExactly listOf(0.001, 0.01, 0.1, 1.0, 10.0, 100.0)
            logTicks(0.1, 2.5).map { short(it) } shouldContainExactly listOf("0.1", "0.3", "1")
            logTicks(1.6, 9.5).map { short(it) } shouldContainExactly
                listOf("2", "3", "4", "5", "6", "7", "8", "9")
            logTicks(1.01, 1.21).map { short(it) } shouldContainExactly
                listOf("1.01", "1.105", "1.21")
            checkAll(300, Arb.numericDouble(-30.0, 30.0), Arb.numericDouble(0.01, 40.0)) {
                from,
                decades ->
                val (low, high) = 10.0.pow(from) to 10.0.pow(from + decades)
                val ticks = logTicks(low, high)
                ticks.size.shouldBeInRange(3..9)
                ticks.forAll {
                    it shouldBeGreaterThanOrEqual low * (1 - 1e-6)
                    it shouldBeLessThanOrEqual high * (1 + 1e-6)
                }
            }
        }
    })
