package dev.sparring.ui

import io.kotest.core.TestConfiguration
import io.kotest.engine.spec.tempdir
import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.openqa.selenium.By
import org.openqa.selenium.Dimension
import org.openqa.selenium.JavascriptExecutor
import org.openqa.selenium.Keys
import org.openqa.selenium.OutputType
import org.openqa.selenium.WebDriverException
import org.openqa.selenium.WebElement
import org.openqa.selenium.chrome.ChromeDriver
import org.openqa.selenium.chrome.ChromeDriverService
import org.openqa.selenium.chrome.ChromeOptions
import org.openqa.selenium.interactions.Actions
import org.openqa.selenium.support.ui.WebDriverWait

/** A browser; skips the test where there is none. */
internal fun TestConfiguration.visitor(): Visitor {
    val browser = program("chromium")
    val driver = program("chromedriver")
    if (browser == null || driver == null) {
        // Kotest skips without giving a reason.
        println("skipped: there is no chromium or no chromedriver on the PATH")
    }
    assumeTrue(browser != null && driver != null)
    return Visitor(checkNotNull(browser), checkNotNull(driver), tempdir("profile").toPath())
}

private fun program(name: String): File? =
    System.getenv("PATH")
        .orEmpty()
        .split(File.pathSeparatorChar)
        .map { Path.of(it, name) }
        .firstOrNull(Files::isExecutable)
        ?.toFile()

/** Someone who looks at the pages. */
internal class Visitor(browser: File, driver: File, profile: Path) : AutoCloseable {
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

    fun resize(width: Int, height: Int = 800) {
        chrome.manage().window().size = Dimension(width, height)
        Thread.sleep(300)
    }

    fun overflow(): Long =
        script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            as Long

    fun background(): String =
        script("return getComputedStyle(document.body).backgroundColor") as String

    fun console(): List<String> = chrome.manage().logs().get("browser").map { it.message }

    fun script(text: String): Any? = (chrome as JavascriptExecutor).executeScript(text)

    /** Keeps what it sees, to be looked at, with -Dsparring.ui.pictures=FOLDER. */
    fun picture(name: String) {
        val place = System.getProperty("sparring.ui.pictures")?.let(Path::of) ?: return
        Files.createDirectories(place)
        Files.write(place.resolve("$name.png"), chrome.getScreenshotAs(OutputType.BYTES))
    }

    /** Sees pages as with a dark desktop, or a light one. */
    fun dark(isDark: Boolean) {
        val scheme =
            mapOf("name" to "prefers-color-scheme", "value" to if (isDark) "dark" else "light")
        chrome.executeCdpCommand("Emulation.setEmulatedMedia", mapOf("features" to listOf(scheme)))
        // Charts are drawn again.
        Thread.sleep(300)
    }

    override fun close() = chrome.quit()

    private companion object {
        const val WAIT_SECONDS = 30L
    }
}
