package dev.sparring.report.sweep

import dev.sparring.report.chart.Series
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe

class CellCurvesSpec :
    FreeSpec({
        fun series(vararg points: Pair<Int, Double>) =
            Series(
                points.map { it.first.toDouble() }.toDoubleArray(),
                points.map { it.second }.toDoubleArray(),
            )

        "the mean of the runs, and a band from the least to the greatest" {
            val line =
                CellCurves.of(
                    "sn",
                    listOf(
                        series(10 to 1.0, 20 to 4.0, 30 to 9.0),
                        series(10 to 3.0, 20 to 5.0, 30 to Double.POSITIVE_INFINITY),
                    ),
                )
            line.shouldNotBeNull()
            line.series.steps.toList() shouldContainExactly listOf(10.0, 20.0, 30.0)
            line.series.values.toList() shouldContainExactly listOf(2.0, 4.5, 9.0)
            val band = line.band.shouldNotBeNull()
            band.low.values.toList() shouldContainExactly listOf(1.0, 4.0, 9.0)
            band.high.values.toList() shouldContainExactly listOf(3.0, 5.0, 9.0)
        }

        "a diverged run's last row is no jump of the others' mean" {
            val line =
                CellCurves.of(
                    "sn",
                    listOf(series(10 to 1.0, 20 to 1.0, 30 to 1.0), series(10 to 3.0, 17 to 1e9)),
                )
            line.shouldNotBeNull()
            line.series.steps.toList() shouldContainExactly listOf(10.0, 20.0, 30.0)
            line.series.values.toList() shouldContainExactly listOf(2.0, 1.0, 1.0)
        }

        "long runs keep their extremes in the band" {
            val long = List(1000) { it to if (it == 500) 99.0 else 1.0 }
            val line = CellCurves.of("sn", listOf(series(*long.toTypedArray()))).shouldNotBeNull()
            line.series.size shouldBe 200
            line.band.shouldNotBeNull().high.values.max() shouldBe 99.0
            line.series.values.max() shouldBe ((99.0 + 4) / 5 plusOrMinus 1e-9)
        }

        "no numbers, no curve" {
            CellCurves.of("sn", listOf(series())).shouldBeNull()
            CellCurves.of("sn", listOf(series(1 to Double.NaN))).shouldBeNull()
        }
    })
