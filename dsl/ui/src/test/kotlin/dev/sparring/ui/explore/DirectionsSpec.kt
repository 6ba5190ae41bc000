package dev.sparring.ui.explore

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import org.ejml.data.DMatrixRMaj

class DirectionsSpec :
    FreeSpec({
        "of a diagonal matrix they are the axes, by falling size" {
            val a =
                DMatrixRMaj(
                    arrayOf(
                        doubleArrayOf(2.0, 0.0, 0.0),
                        doubleArrayOf(0.0, -5.0, 0.0),
                        doubleArrayOf(0.0, 0.0, 3.0),
                    )
                )
            val found = Directions.of(a)
            found.strengths.zip(listOf(5.0, 3.0, 2.0)).forEach { (x, y) ->
                x shouldBe (y plusOrMinus 1e-12)
            }
            found.vectors.map { v -> v.map { Math.round(it).toInt() } } shouldBe
                listOf(listOf(0, 1, 0), listOf(0, 0, 1), listOf(1, 0, 0))
        }

        "of another one they are its right singular vectors" {
            // numpy.linalg.svd([[3, 1], [-1, 2], [0.5, 4]])
            val a =
                DMatrixRMaj(
                    arrayOf(
                        doubleArrayOf(3.0, 1.0),
                        doubleArrayOf(-1.0, 2.0),
                        doubleArrayOf(0.5, 4.0),
                    )
                )
            val found = Directions.of(a)
            val (s1, s2) = STRENGTHS
            found.strengths[0] shouldBe (s1 plusOrMinus 1e-9)
            found.strengths[1] shouldBe (s2 plusOrMinus 1e-9)
            found.vectors[0].toList().zip(FIRST).forEach { (x, y) ->
                x shouldBe (y plusOrMinus 1e-9)
            }
            found.vectors[1].toList().zip(SECOND).forEach { (x, y) ->
                x shouldBe (y plusOrMinus 1e-9)
            }
        }
    })

private val STRENGTHS = listOf(4.666962194631811, 3.077249400662454)
private val FIRST = listOf(0.2517958478461148, 0.9677803733324293)
private val SECOND = listOf(0.9677803733324292, -0.2517958478461151)
