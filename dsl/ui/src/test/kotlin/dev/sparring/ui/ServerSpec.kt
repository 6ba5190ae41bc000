package dev.sparring.ui

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.net.Socket
import java.net.URI
import kotlin.io.path.appendText
import kotlin.io.path.createDirectories
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.jsoup.Jsoup

/** What the server answers, over a real connection. */
class ServerSpec :
    FreeSpec({
        val folder = folder()
        WrittenRun.of(folder.resolve("a/seed-1"), steps = 40)
        WrittenRun.of(folder.resolve("a/seed-2"), steps = 30)
        val server = UiServer(folder, "127.0.0.1", 0, NoProgram)
        val web = Web(server.address)
        val one = RunIndex.id("a/seed-1")
        val two = RunIndex.id("a/seed-2")
        afterSpec { server.close() }

        "without the token nothing is shown" {
            val root = URI(server.address).resolve("/")
            for (path in
                listOf("", "x/", "assets/ui.css", "${web.token.dropLast(1)}/", "${web.token}x/")) {
                val answer = Web.get(root.resolve("/$path"))
                withClue(path) { answer.statusCode() shouldBe 403 }
                answer.body() shouldBe "the address lacks the token that sparring ui printed\n"
            }
            web.get("").statusCode() shouldBe 200
        }

        "by another name than this machine's nothing is shown, as after DNS rebinding" {
            fun status(host: String): String =
                Socket("127.0.0.1", web.port).use { socket ->
                    socket
                        .getOutputStream()
                        .write(
                            "GET /${web.token}/ HTTP/1.1\r\n${host}Connection: close\r\n\r\n"
                                .toByteArray()
                        )
                    socket.getInputStream().bufferedReader().readLine().split(" ")[1]
                }
            status("Host: 127.0.0.1:${web.port}\r\n") shouldBe "200"
            status("Host: localhost:${web.port}\r\n") shouldBe "200"
            status("Host: evil.example:${web.port}\r\n") shouldBe "403"
            status("Host: 192.0.2.7\r\n") shouldBe "403"
            status("Host: 127.0.0.1.evil.example\r\n") shouldBe "403"
        }

        "nothing can be sent, and other sites get nothing" {
            web.send("POST", "").statusCode() shouldBe 405
            web.send("DELETE", "run?id=$one").statusCode() shouldBe 405
            web.get("run?id=$one", "Sec-Fetch-Site", "cross-site").statusCode() shouldBe 403
        }

        "answers say to the browser what it may do with them" {
            val headers = web.get("").headers()
            headers.firstValue("Content-Security-Policy").get() shouldContain "default-src 'none'"
            headers.firstValue("Content-Security-Policy").get() shouldNotContain "unsafe"
            headers.firstValue("Referrer-Policy").get() shouldBe "no-referrer"
            headers.firstValue("X-Content-Type-Options").get() shouldBe "nosniff"
            headers.firstValue("Cache-Control").get() shouldBe "no-store"
        }

        "files are reached by ids and steps only" {
            folder.resolve("secret.txt").writeText("secret")
            for (path in
                listOf(
                    "assets/..%2f..%2fsecret.txt",
                    "assets/../secret.txt",
                    "assets/%2e%2e/%2e%2e/etc/passwd",
                    "run?id=..%2Fsecret.txt",
                    "run?id=a/seed-1",
                    "picture?id=$one&step=..%2Fmetrics",
                    "picture?id=$one&step=-1",
                    "picture?id=../a/seed-1&step=10",
                    "secret.txt",
                )) {
                val answer = web.get(path)
                withClue(path) { (answer.statusCode() in listOf(400, 403, 404)) shouldBe true }
                answer.body() shouldNotContain "secret\n"
            }
        }

        "a picture is served as it is, and only if it is one" {
            val bytes = web.bytes("picture?id=$one&step=20")
            bytes.toList() shouldBe
                folder.resolve("a/seed-1/samples/000020.png").toFile().readBytes().toList()
            folder
                .resolve("a/seed-1/samples/000021.png")
                .writeText("text, and more of it than a header has")
            val refused = web.get("picture?id=$one&step=21")
            refused.statusCode() shouldBe 400
            refused.body() shouldBe "the picture of step 21 is no PNG file\n"
            web.get("picture?id=$one&step=22").body() shouldBe "step 22 has no picture\n"
            folder.resolve("a/seed-1/samples/000021.png").toFile().delete()
        }

        "the rows of runs come as an event, and changed ones again" {
            web.events("runs-events").use { events ->
                val first = events.next("runs")
                first.getValue("rows").jsonArray.map {
                    it.jsonObject.getValue("label").jsonPrimitive.content
                } shouldContainExactly listOf("a/seed-1", "a/seed-2")
                folder.resolve("a/seed-2/metrics.csv").appendText("31,0.6,0.25,-3\n")
                val next = events.next("runs").getValue("rows").jsonArray.single().jsonObject
                next.getValue("id").jsonPrimitive.content shouldBe two
                next.getValue("figures").jsonObject.getValue("loss_d").jsonPrimitive.double shouldBe
                    0.25
            }
        }

        "a row that is appended comes as an event, and nothing before it again" {
            web.events("curve-events?runs=$one&figure=loss_d&figure=loss_g").use { events ->
                val curves =
                    List(2) { events.next("curve") }
                        .associateBy { it.getValue("figure").jsonPrimitive.content }
                curves.getValue("loss_d").numbers("mean") shouldBe
                    List(40) { WrittenRun.loss(it + 1) }
                curves.getValue("loss_d").numbers("last") shouldBe List(40) { it + 1.0 }
                folder.resolve("a/seed-1/metrics.csv").appendText("41,0.8,7.5,-3\n")
                val more = events.next("curve")
                more.getValue("from").jsonPrimitive.content shouldBe "39"
                more.numbers("mean") shouldBe listOf(WrittenRun.loss(40), 7.5)
                more.numbers("first") shouldBe listOf(40.0, 41.0)
            }
        }

        "a window holds only its steps" {
            val answer = web.get("window?id=$one&figure=loss_g&from=3&to=5.5").body()
            val curve = Json.parseToJsonElement(answer).jsonArray.single().jsonObject
            curve.numbers("first") shouldBe listOf(3.0, 4.0, 5.0)
            curve.numbers("mean") shouldBe listOf(-3.0, -3.0, -3.0)
        }

        "a damaged file is a line on the page, not the end of it" {
            val run = WrittenRun.of(folder.resolve("b"), steps = 5)
            run.resolve("metrics.csv").appendText("6,no,numbers\n")
            val id = RunIndex.id("b")
            Thread.sleep(600)
            // Runs are read in no order.
            val address = "curve-events?runs=$id.$one&figure=loss_d"
            web.events(address).use { events ->
                events.next("problem").getValue("problem").jsonPrimitive.content shouldContain
                    "expected 4 numbers"
            }
            web.events(address).use { events ->
                events.next("curve").getValue("run").jsonPrimitive.content shouldBe one
            }
            run.toFile().deleteRecursively()
        }

        "the page of a run has its recipe and findings, escaped" {
            val evil = "<script>alert(1)</script>"
            folder.resolve("a/seed-1/findings.txt").writeText("step 7: $evil\n")
            val page = web.get("run?id=$one").body()
            page shouldNotContain "<script>alert"
            val dom = Jsoup.parse(page)
            dom.select(".findings li").map { it.text() } shouldContain "step 7: $evil"
            dom.select("pre").text() shouldContain "name: ring"
            dom.select("script:not([src])").size shouldBe 0
            dom.select("[style], [onclick], [onload]").size shouldBe 0
        }

        "the difference of two recipes" {
            val file = folder.resolve("a/seed-2/recipe.yaml")
            file.writeText(file.readText().replace("batch: 8", "batch: 16"))
            val cells =
                Jsoup.parse(web.get("difference?id=$one&other=$two").body()).select("td").map {
                    it.text()
                }
            cells.drop(1) shouldContainExactly listOf("train.batch", "8", "16")
            folder.resolve("a/seed-2/recipe.yaml").writeText("name: ring\n")
            web.get("difference?id=$one&other=$two").statusCode() shouldBe 400
        }

        "what a program cannot do is one line" {
            val answer = web.get("facts?id=$one")
            answer.statusCode() shouldBe 400
            answer.body().lines().size shouldBe 2
            answer.body() shouldContain "no run with a checkpoint"
            web.get("drawn?id=$one&mode=grid&seed=x").body() shouldBe
                "seed: expected a whole number\n"
            web.get("drawn?id=$one&mode=grid&seed=1&count=65").body() shouldBe
                "count: expected 1 to 64\n"
            web.get("drawn?id=$one&mode=walk&seed=1&to=2&place=1.5&path=lerp").body() shouldBe
                "place: expected 0 to 1\n"
        }

        "the folder of samples may be without pictures" {
            folder.resolve("a/seed-2/samples").createDirectories()
            web.get("progress?id=$two").body() shouldContain "\"steps\":["
        }
    })
