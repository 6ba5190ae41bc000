package dev.sparring.ui

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import kotlin.io.path.appendText
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.openqa.selenium.By
import org.openqa.selenium.Dimension
import org.openqa.selenium.JavascriptExecutor
import org.openqa.selenium.Keys
import org.openqa.selenium.WebDriverException
import org.openqa.selenium.WebElement
import org.openqa.selenium.chrome.ChromeDriver
import org.openqa.selenium.chrome.ChromeDriverService
import org.openqa.selenium.chrome.ChromeOptions
import org.openqa.selenium.interactions.Actions
import org.openqa.selenium.support.ui.WebDriverWait

/** The pages as users have them: a click, a slider, a live update. */
class BrowserSpec :
    FreeSpec({
        "runs are chosen, their curves grow, and pictures are leafed through" {
            val browser = program("chromium")
            val driver = program("chromedriver")
            if (browser == null || driver == null) {
                // Kotest skips without giving a reason.
                println("BrowserSpec: skipped, there is no chromium or no chromedriver on the PATH")
            }
            assumeTrue(browser != null && driver != null)
            val folder = folder()
            for (seed in 1..3) WrittenRun.of(folder.resolve("ring/seed-$seed"), steps = 40)
            UiServer(folder, "127.0.0.1", 0, NoProgram).use { server ->
                Visitor(checkNotNull(browser), checkNotNull(driver), tempdir("profile").toPath())
                    .use { it.visits(server, folder) }
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

    // On a narrow window nothing is wider than it.
    resize(360)
    withClue("wider than the window") { overflow() shouldBe 0L }
    withClue("console") { console().shouldBeEmpty() }
}

private fun program(name: String): File? =
    System.getenv("PATH")
        .orEmpty()
        .split(File.pathSeparatorChar)
        .map { Path.of(it, name) }
        .firstOrNull(Files::isExecutable)
        ?.toFile()

private class Visitor(browser: File, driver: File, profile: Path) : AutoCloseable {
    private val chrome =
        ChromeDriver(
            ChromeDriverService.Builder().usingDriverExecutable(driver).usingAnyFreePort().build(),
            ChromeOptions().apply {
                setBinary(browser)
                addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run")
                addArguments("--disable-dev-shm-usage", "--disable-background-networking")
                addArguments("--user-data-dir=$profile", "--window-size=1200,900")
                setCapability("goog:loggingPrefs", mapOf("browser" to "ALL"))
            },
        )

    fun open(address: String) = chrome.get(address)

    fun url(): String = checkNotNull(chrome.currentUrl)

    fun all(selector: String): List<WebElement> = chrome.findElements(By.cssSelector(selector))

    fun one(selector: String): WebElement = chrome.findElement(By.cssSelector(selector))

    fun until(isSo: () -> Boolean) {
        WebDriverWait(chrome, Duration.ofSeconds(WAIT_SECONDS), Duration.ofMillis(50))
            .ignoring(WebDriverException::class.java)
            .until { isSo() }
    }

    /** Moves a slider by a key, as a user would. */
    fun slide(selector: String, steps: Int) =
        repeat(steps) { one(selector).sendKeys(Keys.ARROW_RIGHT) }

    fun drag(selector: String, from: Int, by: Int) {
        val over = one(selector)
        Actions(chrome)
            .moveToElement(over, from, 0)
            .clickAndHold()
            .moveByOffset(by, 0)
            .release()
            .perform()
    }

    fun twice(selector: String) = Actions(chrome).doubleClick(one(selector)).perform()

    /** How many points a chart draws. */
    fun points(figure: String): Long? =
        script("return document.querySelector('[data-figure=$figure] .uplot')?.dataset.points")
            ?.toString()
            ?.toLong()

    fun resize(width: Int) {
        chrome.manage().window().size = Dimension(width, 800)
        Thread.sleep(300)
    }

    fun overflow(): Long =
        script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            as Long

    fun console(): List<String> = chrome.manage().logs().get("browser").map { it.message }

    private fun script(text: String): Any? = (chrome as JavascriptExecutor).executeScript(text)

    override fun close() = chrome.quit()

    private companion object {
        const val WAIT_SECONDS = 15L
    }
}
