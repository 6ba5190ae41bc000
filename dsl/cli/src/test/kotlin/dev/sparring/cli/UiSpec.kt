package dev.sparring.cli

import io.kotest.assertions.withClue
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import java.awt.image.BufferedImage
import java.net.InetAddress
import java.net.ServerSocket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.util.concurrent.TimeUnit
import javax.imageio.ImageIO
import kotlin.io.path.exists
import kotlin.io.path.readLines

/** The command `ui`: how it begins and ends, and what engines draw for it. */
@EnabledIf(NotOnWindows::class)
class UiSpec :
    FreeSpec({
        val bench = workbench()

        "what it cannot do is one line" {
            bench.sparring("ui", bench.path("no")) shouldBe
                Outcome(2, "", "${bench.path("no")}: no such folder; expected a folder with runs\n")
            bench.sparring("ui", bench.folder, "--port", 65536) shouldBe
                Outcome(2, "", "--port must be 0 to 65535, got 65536\n")
            bench.sparring("ui", bench.folder, "--host", "no such host").let {
                it.code shouldBe 2
                it.err.lines().size shouldBe 2
                it.err shouldContain "--host: 'no such host' is no address of this machine"
            }
            // An address that others reach is said, whatever comes next.
            bench.sparring("ui", bench.folder, "--host", "0.0.0.0", "--engine", "no").let {
                it.code shouldBe 2
                it.err shouldContain "--host 0.0.0.0: other machines can reach these pages"
            }
            ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")).use { other ->
                bench.sparring("ui", bench.folder, "--port", other.localPort) shouldBe
                    Outcome(
                        2,
                        "",
                        "--port: ${other.localPort} is in use by another program; expected a " +
                            "free one, or 0 for any\n",
                    )
            }
        }

        "it draws what sample draws, and ends with Ctrl-C" {
            val recipe = bench.file("small.yaml", Workbench.SMALL)
            val run = bench.path("runs/small")
            bench.sparring("train", recipe, "--out", run, "--steps", 2).code shouldBe 0
            val grid = bench.path("grid.png")
            bench.sparring("sample", run, "--seed", 11, "--count", 6, "--out", grid).code shouldBe 0
            val process = startJvm(bench.folder, "ui", "runs", "--port", "0")
            try {
                val address = addressOf(bench)
                val id = Regex("\"id\":\"([0-9a-f]+)\"").find(firstEvent("${address}runs-events"))
                val one = "id=" + checkNotNull(id).groupValues[1]
                fun picture(what: String): BufferedImage {
                    val answer = asked("${address}drawn?$one&$what")
                    withClue(answer.body().decodeToString()) { answer.statusCode() shouldBe 200 }
                    return ImageIO.read(answer.body().inputStream())
                }

                text("${address}facts?$one") shouldContain
                    "\"step\":2,\"seed\":42,\"shape\":\"(1, 8, 8)\""
                pixels(picture("mode=grid&seed=11&count=6")) shouldBe
                    pixels(ImageIO.read(grid.toFile()))

                // The way from one sample to another begins at the one and ends at the other.
                val walk = "mode=walk&to=12&path=slerp&seed=11"
                val first = pixels(picture("$walk&place=0"))
                first.size shouldBe 64
                first shouldBe pixels(picture("mode=directions&seed=11&along="))
                pixels(picture("$walk&place=1")) shouldBe
                    pixels(picture("mode=directions&seed=12&along="))
                pixels(picture("$walk&place=0.5")) shouldNotBe first
                pixels(picture("mode=directions&seed=11&along=0:4")) shouldNotBe first
                pixels(
                    picture("mode=grid&seed=11&count=6&truncation=temperature&value=0.1")
                ) shouldNotBe pixels(ImageIO.read(grid.toFile()))
                for ((wrong, line) in REFUSED) {
                    val answer = asked("${address}drawn?$one&$wrong")
                    answer.statusCode() shouldBe 400
                    answer.body().decodeToString() shouldBe "$line\n"
                }
                signal(process, "INT")
                process.waitFor(20, TimeUnit.SECONDS) shouldBe true
                process.exitValue() shouldBe 130
                bench.path("log").readLines().size shouldBe 2
            } finally {
                process.destroyForcibly()
            }
        }
    })

private val REFUSED =
    mapOf(
        "mode=grid&seed=1&count=4&class=3" to
            "class 3 was asked of a generator that knows no classes",
        "mode=grid&seed=1&count=4&truncation=scale&value=2" to
            "the factor of scale must be above 0 and at most 1, got 2.0",
        "mode=directions&seed=1&along=4:1" to "along: there is no direction 4",
    )

private val CLIENT: HttpClient = HttpClient.newHttpClient()

private fun asked(address: String): HttpResponse<ByteArray> =
    CLIENT.send(HttpRequest.newBuilder(URI(address)).build(), BodyHandlers.ofByteArray())

private fun text(address: String) = asked(address).body().decodeToString()

private fun firstEvent(address: String): String =
    CLIENT.send(HttpRequest.newBuilder(URI(address)).build(), BodyHandlers.ofInputStream())
        .body()
        .bufferedReader()
        .use { reader -> generateSequence(reader::readLine).first { it.startsWith("data:") } }

private fun addressOf(bench: Workbench): String {
    val log = bench.path("log")
    val deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
    while (true) {
        if (log.exists())
            log.readLines()
                .find { it.startsWith("http://127.0.0.1:") }
                ?.let {
                    return it
                }
        check(System.nanoTime() < deadline) { "no address within a minute" }
        Thread.sleep(20)
    }
}

private fun pixels(image: BufferedImage): List<Int> =
    image.getRGB(0, 0, image.width, image.height, null, 0, image.width).map { it and 0xffffff }
