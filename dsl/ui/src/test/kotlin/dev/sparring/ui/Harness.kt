package dev.sparring.ui

import dev.sparring.dsl.RecipeFormat
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.Train
import dev.sparring.run.RunDirectory
import dev.sparring.tensor.Engine
import io.kotest.core.TestConfiguration
import io.kotest.engine.spec.tempdir
import java.awt.image.BufferedImage
import java.io.BufferedReader
import java.io.InputStream
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import javax.imageio.ImageIO
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** A folder that is deleted after the spec. */
internal fun TestConfiguration.folder(): Path = tempdir("ui").toPath()

internal fun JsonObject.numbers(name: String): List<Double> =
    getValue(name).jsonArray.map { it.jsonPrimitive.double }

/** A program without engines. */
internal object NoProgram : UiHost {
    override val format: RecipeFormat = RecipeFormat.onClassPath
    override val version: String = "0.0"

    override fun recipe(run: RunDirectory): Recipe = format.read(run.recipe())

    override fun engine(train: Train): Engine = throw IllegalStateException("no engine here")
}

/** Run directories as Sparring leaves them, written without training anything. */
internal object WrittenRun {
    fun loss(step: Int): Double = 2 + step * 0.125

    fun of(run: Path, steps: Int, status: String = "completed"): Path {
        run.createDirectories()
        val rows = (1..steps).joinToString("") { "$it,${it / 50.0},${loss(it)},-3\n" }
        run.resolve("metrics.csv").writeText("step,seconds,loss_d,loss_g\n$rows")
        run.resolve("run.json")
            .writeText(
                """{"name":"ring","status":"$status","seed":7,"steps":$steps,"engine":"torch",
                "device":"cpu","lastStep":$steps,"start":"2026-11-29T10:00:00Z"}"""
            )
        run.resolve("recipe.yaml").writeText(RECIPE.trimIndent() + "\n")
        for (step in 0..steps step 10) picture(run, step)
        return run
    }

    fun picture(run: Path, step: Int) {
        val file = run.resolve("samples").createDirectories().resolve("%06d.png".format(step))
        val image = BufferedImage(300, 150, BufferedImage.TYPE_INT_RGB)
        for (x in 0 until 300) for (y in 0 until 150) {
            image.setRGB(x, y, if ((x / 10 + y / 10 + step / 10) % 2 == 0) 0xff8800 else 0x0044aa)
        }
        ImageIO.write(image, "png", file.toFile())
    }

    private const val RECIPE =
        """
        name: ring
        data: ring
        generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
        discriminator: { layers: [{ type: dense, units: 1 }] }
        loss: hinge
        train: { steps: 40, batch: 8 }
        """
}

/** Asks a server. */
internal class Web(private val address: String) {
    val token: String = URI(address).path.trim('/')
    val port: Int = URI(address).port

    fun get(path: String, vararg headers: String): HttpResponse<String> =
        get(URI(address + path), *headers)

    fun bytes(path: String): ByteArray =
        CLIENT.send(request(URI(address + path)).build(), BodyHandlers.ofByteArray()).body()

    fun send(method: String, path: String): HttpResponse<String> =
        CLIENT.send(
            request(URI(address + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString(),
        )

    fun events(path: String): Events =
        Events(
            CLIENT.send(request(URI(address + path)).build(), BodyHandlers.ofInputStream()).body()
        )

    companion object {
        private val CLIENT: HttpClient = HttpClient.newHttpClient()

        private fun request(address: URI) =
            HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20))

        fun get(address: URI, vararg headers: String): HttpResponse<String> {
            val request = request(address)
            if (headers.isNotEmpty()) request.headers(*headers)
            return CLIENT.send(request.build(), BodyHandlers.ofString())
        }
    }
}

/** Events that a server sends. */
internal class Events(private val stream: InputStream) : AutoCloseable {
    private val reader: BufferedReader = stream.bufferedReader()

    /** The data of the next event of that name. */
    fun next(name: String): JsonObject =
        CompletableFuture.supplyAsync {
                var event = ""
                var data: String? = null
                while (data == null) {
                    val line = checkNotNull(reader.readLine()) { "the events ended" }
                    if (line.startsWith("event: ")) event = line.removePrefix("event: ")
                    // A line of data may come before its event's name.
                    if (line.startsWith("data: ")) {
                        val text = line.removePrefix("data: ")
                        val after = reader.readLine()
                        if (after.startsWith("event: ")) event = after.removePrefix("event: ")
                        if (event == name) data = text
                        event = ""
                    }
                }
                Json.parseToJsonElement(data).jsonObject
            }
            .get(20, TimeUnit.SECONDS)

    override fun close() = stream.close()
}
