package dev.sparring.cli.sweep

import dev.sparring.cli.BadInput
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempfile
import io.kotest.matchers.shouldBe

class RowComparisonSpec :
    FreeSpec({
        val row =
            mapOf(
                "cell" to "base",
                "seed" to "3",
                "status" to "completed",
                "loss_d" to "0.25",
                "coverage" to "0.5",
                "run.weights" to "a".repeat(64),
                "run.measured" to "classifier cnn-1",
                "run.threads" to "1",
                "run.native" to "ATen kernels=AVX2; OpenBLAS kernels=Haswell",
            )

        fun compared(before: Map<String, String>, vararg changes: Pair<String, String>) =
            RowComparison(
                listOf("loss_d", "coverage"),
                RecordedRows.Row("base", 3, before),
                RecordedRows.Row("base", 3, before + changes),
            )

        "equal rows say what was compared" {
            val same = compared(row)
            same.differences shouldBe emptyList()
            same.circumstances shouldBe emptyList()
            same.what shouldBe "weights aaaaaaaaaaaa, 2 figures"
        }

        "of figures the first that differs is named, after the weights" {
            compared(
                    row,
                    "coverage" to "0.75",
                    "loss_d" to "0.125",
                    "run.weights" to "b".repeat(64),
                )
                .differences shouldBe
                listOf(
                    "weights are ${"a".repeat(64)}, now ${"b".repeat(64)}",
                    "loss_d is 0.25, now 0.125",
                )
            compared(row, "coverage" to "").differences shouldBe
                listOf("coverage is 0.5, now missing")
        }

        "another classifier and another end are differences; other threads only explain them" {
            val other =
                compared(
                    row,
                    "status" to "diverged",
                    "run.measured" to "classifier cnn-2",
                    "run.threads" to "2",
                    "run.native" to "ATen kernels=AVX512; OpenBLAS kernels=Haswell",
                )
            other.differences shouldBe
                listOf(
                    "status is completed, now diverged",
                    "run.measured is classifier cnn-1, now classifier cnn-2",
                )
            other.circumstances shouldBe
                listOf("threads: 1, now 2", "native: ATen kernels=AVX2, now ATen kernels=AVX512")
        }

        "a table without hashes is compared by its figures" {
            val old = row.filterKeys { !it.startsWith("run.") }
            val comparison = compared(old, "run.weights" to "b")
            comparison.hasWeights shouldBe false
            comparison.differences shouldBe emptyList()
            comparison.what shouldBe "2 figures"
        }

        "figures are equal if they are to the printed digits" {
            listOf(
                    Triple("176.9", "176.9499", true),
                    Triple("176.9", "176.9501", false),
                    Triple("177", "176.9499", true),
                    Triple("177.0", "176.9499", false),
                    Triple("0.023", "0.0226", true),
                    Triple("-1.5E-7", "-1.52E-7", true),
                    Triple("0.0", "0.0", true),
                    Triple("0.0", "0.04", false),
                    Triple("NaN", "NaN", true),
                    Triple("NaN", "1.0", false),
                )
                .forEach { (printed, now, same) ->
                    Triple(printed, now, RowComparison.isSame(printed, now)) shouldBe
                        Triple(printed, now, same)
                }
        }

        "what is no table of runs is refused" {
            val file = tempfile(suffix = ".csv").toPath()
            fun refused(text: String): String {
                file.toFile().writeText(text)
                return "${shouldThrow<BadInput> { RecordedRows.read(file) }.message}"
            }
            refused("a,b\n1,2\n") shouldBe
                "--verify: $file: is no table of runs: expected the runs.csv of a sweep, whose " +
                    "first line has cell, seed, status"
            refused("cell,seed,status\n") shouldBe "--verify: $file: has no runs"
            refused("cell,seed,status\nbase,one,completed\n") shouldBe
                "--verify: $file:2: expected 3 cells with a seed"
        }
    })
