package dev.sparring.ui

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Path
import kotlin.io.path.appendText
import org.openqa.selenium.Keys

/** The pages as users have them: a click, a slider, a live update. */
class BrowserSpec :
    FreeSpec({
        "runs are chosen, their curves grow, and pictures are leafed through" {
            val folder = folder()
            for (seed in 1..3) WrittenRun.of(folder.resolve("ring/seed-$seed"), steps = 40)
            UiServer(folder, "127.0.0.1", 0, NoProgram).use { server ->
                visitor().use { it.visits(server, folder) }
            }
        }
    })

private fun Visitor.visits(server: UiServer, folder: Path) {
    open(server.address)
    until { all("#rows tr").size == 3 }
    one("#filter").sendKeys("seed!=")
    one("#filter").sendKeys("7")
    until { all("#rows tr").isEmpty() }
    one("#filter").clear()
    one("#filter").sendKeys("seed-2")
    until { all("#rows tr").map { it.text.substringBefore(" ") } == listOf("ring/seed-2") }
    one("#rows input").click()
    one("#draw").text shouldBe "Draw curves of 1 chosen run"
    one("#draw").click()

    // Its curves, and a row that comes while they are shown.
    until { points("loss_d") == 40L }
    folder.resolve("ring/seed-2/metrics.csv").appendText("41,0.8,9.5,-3\n")
    until { points("loss_d") == 41L }
    one("[data-figure=loss_d] small").text shouldBe "step 41"
    // A part of it, which the server has in full, and all of it again.
    drag("[data-figure=loss_d] .u-over", from = -100, by = 100)
    until { (points("loss_d") ?: 41) in 2..20 }
    twice("[data-figure=loss_d] .u-over")
    until { points("loss_d") == 41L }
    // The same by keys.
    val chart = one("[data-figure=loss_d] [role=application]")
    chart.sendKeys(Keys.HOME)
    until { one("[data-figure=loss_d] .readout .step").text == "step 1" }
    chart.sendKeys(Keys.END)
    until { one("[data-figure=loss_d] .readout .step").text == "step 41" }
    chart.sendKeys("+")
    until { (points("loss_d") ?: 41) in 2..20 }
    chart.sendKeys(Keys.ESCAPE)
    until { points("loss_d") == 41L }
    slide("#smoothing", 5)
    one("#smoothing-value").text shouldBe "5 % of the points"
    url() shouldContain "smoothing=5"
    one("#log").click()
    until { one("#left-out").text.contains("Values of 0 or less are not drawn") }

    // The pictures of a run: a slider, and one enlarged to a whole multiple of its pixels.
    open("${server.address}run?id=${RunIndex.id("ring/seed-2")}")
    until { all(".viewer img").isNotEmpty() && all("#pictures figure").size == 5 }
    one(".viewer output").text shouldBe "ring, seed 7: step 40"
    one(".viewer input").sendKeys(Keys.ARROW_LEFT)
    until { one(".viewer output").text == "ring, seed 7: step 30" }
    one(".viewer img").getDomAttribute("src")!! shouldContain "step=30"
    WrittenRun.picture(folder.resolve("ring/seed-2"), 50)
    until { all("#pictures figure").size == 6 }
    one(".viewer img").click()
    until { one("dialog.enlarged").isDisplayed }
    one("dialog.enlarged p").text shouldContain "step 30"
    (one("dialog.enlarged img").getDomAttribute("width")!!.toInt() % 300) shouldBe 0
    one("dialog.enlarged").sendKeys(Keys.ARROW_LEFT)
    until { one("dialog.enlarged p").text.contains("step 20") }
    one("dialog.enlarged").sendKeys(Keys.ESCAPE)

    // On a narrow window nothing is wider than it, by day and by night.
    val id = RunIndex.id("ring/seed-2")
    for (page in listOf("", "curves?runs=$id.${RunIndex.id("ring/seed-1")}", "run?id=$id")) {
        open(server.address + page)
        until { script("return document.body.dataset.ready") != null }
        val name = page.substringBefore('?').ifEmpty { "runs" }
        resize(1280, 900)
        picture("$name-wide")
        dark(true)
        picture("$name-dark")
        withClue("$name: colours") { background() shouldBe "rgb(20, 23, 26)" }
        resize(360)
        picture("$name-narrow-dark")
        dark(false)
        picture("$name-narrow")
        withClue("$name: colours") { background() shouldBe "rgb(255, 255, 255)" }
        withClue("$name: wider than the window") { overflow() shouldBe 0L }
    }
    withClue("console") { console().shouldBeEmpty() }
}
