package dev.sparring.report.autopsy

import dev.sparring.report.Reports
import dev.sparring.run.RunException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText

class AutopsyReportSpec :
    FreeSpec({
        val folder = tempdir().toPath()

        fun page(name: String, vararg rows: String): String {
            val own: Path = folder.resolve(name).createDirectories()
            own.resolve(Reports.AUTOPSY_TABLE)
                .writeText((listOf(HEADER, RUN) + rows).joinToString("\n", postfix = "\n"))
            return Reports.of(own).html(own)
        }

        "says what avoids it, that luck plays a part, and what was left out" {
            val page = page("some", CONTROL, seed(1, AVOIDS), seed(2, SAME), RATE, AVERAGE)
            page shouldContain "At step 612: D has won: loss_d &lt; 0.01. From step 600 on"
            page shouldContain "Avoided by: half the rate of D, another seed only, 1."
            page shouldContain "Luck plays a part: 1 of 2 other seeds avoid it"
            page shouldContain "Left out: an average of weights: not here."
            page shouldContain "Heusel et al."
        }

        "all other seeds are luck, none is not" {
            page("all", CONTROL, seed(1, AVOIDS)) shouldContain
                "It was luck: 1 of 1 other seed avoid it"
            val none = page("none", CONTROL, seed(1, SAME))
            none shouldContain "Not luck alone, as far as 0 of 1 other seed tell."
            none shouldContain "Nothing avoids it."
        }

        "a control that shows nothing proves nothing" {
            val page = page("open", CONTROL.replace("shows it", "avoids it"))
            page shouldContain "The unchanged run does not show it again, so nothing is proven."
            page shouldNotContain "luck"
        }

        "a table without a control is damaged" {
            val own = folder.resolve("damaged")
            shouldThrow<RunException> { page("damaged") }.message shouldBe
                "${own.resolve("autopsy.csv")}: is damaged: it has no control"
        }
    })

private const val HEADER =
    "variant,title,settings,verdict,step,steps_later,besides,source,from,end,directory"
private const val RUN = "run,the run,,D has won,612,,D has won: loss_d < 0.01,,600,900,runs/a"
private const val CONTROL = "control,control,,shows it,612,,,,600,900,control/seed-7"
private const val AVOIDS = "avoids it,,"
private const val SAME = "does not help,612,0"
private const val RATE =
    "rate-of-d-half,half the rate of D,lr 2 -> 1,avoids it,,,,\"Heusel et al., 2017\",600,900,x/seed-7"
private const val AVERAGE = "average,an average of weights,not here,left out,,,,a paper,,,"

private fun seed(number: Int, outcome: String) =
    "seed-only-$number,\"another seed only, $number\",noise,$outcome,,Lucic et al.,600,900,s/seed-7"
