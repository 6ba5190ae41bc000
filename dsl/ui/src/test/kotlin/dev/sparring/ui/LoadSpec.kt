package dev.sparring.ui

import io.kotest.assertions.withClue
import io.kotest.core.annotation.Condition
import io.kotest.core.annotation.EnabledIf
import io.kotest.core.spec.Spec
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.comparables.shouldBeLessThan
import java.nio.file.Files
import java.nio.file.Path
import java.util.Random
import java.util.concurrent.TimeUnit
import kotlin.io.path.createDirectories
import kotlin.io.path.readLines
import kotlin.reflect.KClass

/**
 * How long many long runs take to be shown, and how much memory: with
 * -Dsparring.ui.load=500:100000, runs and rows of each, which are 6 GB, on a machine that does
 * nothing else. -Dsparring.ui.folder keeps them.
 */
@EnabledIf(IsLoad::class)
class LoadSpec :
    FreeSpec({
        "hundreds of long runs open at once, in little memory" {
            val (many, rows) = LOAD.orEmpty().split(':').map { it.toInt() }
            val folder = System.getProperty("sparring.ui.folder")?.let(Path::of) ?: folder()
            LongRuns(rows).write(folder, many)
            val begin = System.nanoTime()
            val server = served(folder)
            try {
                val address = checkNotNull(server.inputReader().readLine())
                println("the address after ${since(begin)} s")
                visitor().use { visitor ->
                    visitor.open("about:blank")
                    visitor.open(address)
                    visitor.until { visitor.count("#rows tr") == many }
                    val opened = visitor.milliseconds() / 1000
                    println("$many runs of $rows rows after $opened s")
                    visitor.picture("many-runs")
                    visitor.one("#head button").click()
                    visitor.one("#draw").click()
                    visitor.until { visitor.script("return document.body.dataset.looked") != null }
                    println("a first look at their curves after ${visitor.milliseconds() / 1000} s")
                    visitor.until { visitor.script("return document.body.dataset.ready") != null }
                    visitor.until { (visitor.points("loss_d") ?: 0) >= many * 64L }
                    println("all of their curves after ${visitor.milliseconds() / 1000} s")
                    visitor.picture("many-curves")
                    val megabytes = peak(server) / 1000
                    println("the server's peak: $megabytes MB")
                    withClue("seconds to open") { opened shouldBeLessThan 2.0 }
                    withClue("MB of the server") { megabytes shouldBeLessThan 500L }
                }
            } finally {
                server.destroy()
                server.waitFor(10, TimeUnit.SECONDS)
            }
        }
    })

private val LOAD: String? = System.getProperty("sparring.ui.load")

internal class IsLoad : Condition {
    override fun evaluate(kclass: KClass<out Spec>): Boolean = LOAD != null
}

private fun since(begin: Long) = (System.nanoTime() - begin) / 1e9

/** Since the browser began with the page that it shows. */
private fun Visitor.milliseconds(): Double =
    (script("return performance.now()") as Number).toDouble()

private fun Visitor.count(selector: String): Int =
    (script("return document.querySelectorAll('$selector').length") as Number).toInt()

/** In a process of its own, with the options of the launcher. */
private fun served(folder: Path): Process =
    ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sparring.ui.ServedRuns",
            "$folder",
        )
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()

private fun peak(process: Process): Long =
    Path.of("/proc/${process.pid()}/status")
        .readLines()
        .first { it.startsWith("VmHWM") }
        .filter(Char::isDigit)
        .toLong()

/** A server until it is ended; prints its address. */
internal object ServedRuns {
    @JvmStatic
    fun main(args: Array<String>) {
        UiServer(Path.of(args[0]), "127.0.0.1", 0, NoProgram).use {
            println(it.address)
            Thread.sleep(Long.MAX_VALUE)
        }
    }
}

/** Runs with a dozen figures, as a training with diagnostics writes them. */
private class LongRuns(private val rows: Int) {
    /** Files of their own, though of few kinds. */
    private val kinds = List(KINDS) { text(it) }

    fun write(folder: Path, many: Int) {
        for (i in 0 until many) {
            val run = folder.resolve("sweep/cell-${i / SEEDS}/seed-${i % SEEDS}")
            if (Files.exists(run)) continue
            WrittenRun.of(run.createDirectories(), steps = 20)
            Files.write(run.resolve("metrics.csv"), kinds[i % KINDS])
        }
    }

    private fun text(kind: Int): ByteArray {
        val random = Random(kind.toLong())
        val text = StringBuilder("step,seconds,loss_d,loss_g")
        repeat(FIGURES) { text.append(",gradient_norm.$it") }
        text.append('\n')
        // Of lengths of their own, so that their steps differ.
        for (step in 1..rows - kind * rows / 100) {
            text.append(step).append(',').append(step / 64.0)
            repeat(FIGURES + 2) {
                val value = (1 + it) * Math.exp(-step / 3e4) + 0.1 * random.nextGaussian()
                text.append(',').append(value.toFloat())
            }
            text.append('\n')
        }
        return text.toString().toByteArray()
    }

    private companion object {
        const val KINDS = 10
        const val SEEDS = 5
        const val FIGURES = 8
    }
}
