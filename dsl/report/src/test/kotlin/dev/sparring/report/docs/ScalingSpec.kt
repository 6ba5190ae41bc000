package dev.sparring.report.docs

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path
import java.util.Locale
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.math.roundToInt

/**
 * The tables and the picture of `samples/distributed.md` are what its formula says.
 * `-Dsparring.pictures=write` draws the picture anew.
 */
class ScalingSpec :
    FreeSpec({
        val samples = Path.of("../../samples")
        val page = samples.resolve("distributed.md").readText()

        fun row(count: Int, cell: (ScalingModel) -> String) =
            ScalingModel.CASES.joinToString(" | ", "| $count | ", " |\n", transform = cell)

        "the table of steps and speed-ups" {
            val table =
                ScalingModel.COUNTS.joinToString("") { count ->
                    row(count) {
                        String.format(
                            Locale.ROOT,
                            "%.2f s, %.1fx",
                            it.step(count),
                            it.speedUp(count),
                        )
                    }
                }
            page shouldContain table
        }

        "the table of the exchange's share" {
            val table =
                listOf(2, 8, 64).joinToString("") { count ->
                    row(count) {
                        val seconds = String.format(Locale.ROOT, "%.2f s", it.exchange(count))
                        "$seconds, ${(100 * it.share(count)).roundToInt()} %"
                    }
                }
            page shouldContain table
        }

        "the picture" {
            val picture = samples.resolve("pictures/processes.svg")
            val drawn = ScalingPicture.svg()
            if (System.getProperty("sparring.pictures") == "write") picture.writeText(drawn)
            picture.readText() shouldBe drawn
            page shouldContain "](pictures/processes.svg)"
        }
    })
