package dev.sparring.report

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import javax.imageio.ImageIO
import kotlin.io.path.readText
import kotlin.io.path.writeText
import org.jsoup.Jsoup
import org.junit.jupiter.api.Assumptions.assumeTrue

/** Pages as a real browser shows them. */
class BrowserSpec :
    FreeSpec({
        val browser = Browser.find()
        fun shows(folder: Path) {
            // Kotest skips without giving a reason.
            if (browser == null) println("BrowserSpec: skipped, there is no chromium on the PATH")
            assumeTrue(browser != null)
            val page = folder.resolve("page.html")
            val html = Reports.of(folder).html(folder)
            page.writeText(html)
            val seen = checkNotNull(browser).open(page, tempdir("browser").toPath())
            withClue("console") { seen.console.shouldBeEmpty() }
            val dom = Jsoup.parse(seen.dom)
            dom.select("svg.plot").size shouldBe Jsoup.parse(html).select("svg.plot").size
            dom.select("svg.plot").size shouldBeGreaterThan 1
            dom.title() shouldBe Jsoup.parse(html).title()
            // Ink, and a line of a plot in its color.
            seen.colors.keys.size shouldBeGreaterThan 20
            (seen.colors[0x1c2024] ?: 0) shouldBeGreaterThan 200
            (seen.colors[0x3b82c4] ?: 0) shouldBeGreaterThan 200
        }

        "a run's page is drawn with its plots, without errors" { shows(Fixture.run(folder())) }

        "a sweep's page, too" { shows(Fixture.sweep(folder())) }

        "the page of several runs, too" {
            val folder = folder()
            for (seed in 1..2) {
                Fixture.provenance(
                    Fixture.run(folder.resolve("seed-$seed")),
                    "completed",
                    300,
                    ""","data":"f00"""",
                )
            }
            shows(folder)
        }
    })

/** A page as a browser renders it; [console] has its errors. */
private class Seen(val dom: String, val console: List<String>, val colors: Map<Int, Int>)

private class Browser private constructor(private val program: Path) {
    /** Shows a page, with a folder for the browser's files. */
    fun open(page: Path, folder: Path): Seen {
        val picture = folder.resolve("page.png")
        val (_, log) =
            run(folder, "--screenshot=$picture", "--window-size=1000,3000", "${page.toUri()}")
        val (dom, more) = run(folder, "--dump-dom", "${page.toUri()}")
        val image = ImageIO.read(picture.toFile()).shouldNotBeNull()
        val pixels = image.getRGB(0, 0, image.width, image.height, null, 0, image.width)
        val colors = pixels.toList().groupingBy { it and 0xffffff }.eachCount()
        return Seen(dom, (log + "\n" + more).lines().filter { "CONSOLE" in it }, colors)
    }

    private fun run(folder: Path, vararg options: String): Pair<String, String> {
        val (out, err) = folder.resolve("out") to folder.resolve("err")
        val profile = Files.createTempDirectory(folder, "profile")
        val process =
            ProcessBuilder(listOf("$program") + OPTIONS + "--user-data-dir=$profile" + options)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach { it.destroyForcibly() }
            process.destroyForcibly()
            error("the browser did not end within $SECONDS seconds: ${err.readText()}")
        }
        withClue(err.readText()) { process.exitValue() shouldBe 0 }
        return out.readText() to err.readText()
    }

    companion object {
        private const val SECONDS = 120L
        private val NAMES = listOf("chromium", "chromium-browser", "google-chrome")

        /** Only the page: no network, no profile, no updates. */
        private val OPTIONS =
            listOf(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
            ) +
                listOf("--disable-background-networking", "--disable-component-update") +
                listOf("--disable-sync", "--hide-scrollbars", "--enable-logging=stderr") +
                listOf("--force-color-profile=srgb", "--host-resolver-rules=MAP * ~NOTFOUND")

        fun find(): Browser? {
            val folders = System.getenv("PATH").orEmpty().split(java.io.File.pathSeparatorChar)
            return NAMES.flatMap { name -> folders.map { Path.of(it, name) } }
                .firstOrNull(Files::isExecutable)
                ?.let(::Browser)
        }
    }
}
