package dev.sparring.cli.start

import dev.sparring.cli.Cli
import dev.sparring.cli.ScratchFolder
import java.io.OutputStream
import java.io.PrintStream
import kotlin.io.path.createDirectory
import kotlin.io.path.writeText
import kotlin.system.exitProcess

/**
 * Does what most starts do, so that the JVM can keep the classes that they load: trains a tiny
 * recipe for a step, looks at it and samples. For the launcher, which runs it with
 * `-XX:ArchiveClassesAtExit`. Nothing but a temporary folder is written.
 *
 * @param args `recipes`, or `scripts` for a recipe that has to be compiled
 */
public fun main(args: Array<String>) {
    System.setProperty("java.awt.headless", "true")
    exitProcess(FirstStart.run(args.single()))
}

internal object FirstStart {
    private val RECIPE =
        """
        name: first
        data: ring
        generator: { latent: 2, layers: [{ type: dense, units: 8 }, relu, { type: dense, units: 2 }] }
        discriminator: { layers: [{ type: dense, units: 8 }, leakyRelu, { type: dense, units: 1 }] }
        train: { steps: 2, batch: 8 }
        """
            .trimIndent()

    private val SCRIPT =
        """
        gan("first") {
            data = ring()
            generator(latent = 2) { dense(8); relu(); dense(2) }
            discriminator { dense(8); leakyRelu(); dense(1) }
            train(steps = 2, batch = 8)
        }
        """
            .trimIndent()

    /** The exit code of the first command that fails, else 0. */
    fun run(kind: String): Int =
        ScratchFolder.use(null, "sparring-first", System.err::println) { folder ->
            val recipe =
                if (kind == "scripts") folder.resolve("first.gan.kts").apply { writeText(SCRIPT) }
                else folder.resolve("first.yaml").apply { writeText(RECIPE) }
            val silent = PrintStream(OutputStream.nullOutputStream())
            val caches = folder.resolve("caches").createDirectory()
            val cli = Cli(silent, silent, mapOf("XDG_CACHE_HOME" to "$caches"))
            val run = folder.resolve("run")
            listOf(
                    arrayOf("check", "$recipe"),
                    arrayOf("train", "$recipe", "--out", "$run"),
                    arrayOf("sample", "$run", "--out", "${folder.resolve("sample.png")}"),
                )
                .map(cli::run)
                .firstOrNull { it != 0 } ?: 0
        }
}
