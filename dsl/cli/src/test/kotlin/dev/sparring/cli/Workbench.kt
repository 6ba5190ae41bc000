package dev.sparring.cli

import io.kotest.core.TestConfiguration
import io.kotest.engine.spec.tempdir
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readBytes
import kotlin.io.path.readLines
import kotlin.io.path.relativeTo
import kotlin.io.path.writeText

/** The results of one command. */
internal data class Outcome(val code: Int, val out: String, val err: String)

/** A folder of its own in which commands run, within this JVM; it is deleted after the spec. */
internal fun TestConfiguration.workbench(): Workbench = Workbench(tempdir("sparring").toPath())

/** A folder in which commands run, within this JVM. */
internal class Workbench(val folder: Path) {
    /** That of commands; without the defaults of the user who runs the tests. */
    var environment: Map<String, String> = mapOf("XDG_CONFIG_HOME" to "${folder.resolve("config")}")

    fun file(name: String, text: String): Path =
        folder.resolve(name).apply { writeText(text.trimIndent() + "\n") }

    fun path(name: String): Path = folder.resolve(name)

    fun sparring(vararg args: Any): Outcome {
        val out = ByteArrayOutputStream()
        val err = ByteArrayOutputStream()
        // A process of the command line runs one command only.
        val threads: String? = System.getProperty(ThreadsOption.PROPERTY)
        val code =
            Cli(PrintStream(out, true), PrintStream(err, true), environment)
                .run(args.map { it.toString() }.toTypedArray())
        if (threads == null) System.clearProperty(ThreadsOption.PROPERTY)
        else System.setProperty(ThreadsOption.PROPERTY, threads)
        return Outcome(code, out.toString(), err.toString())
    }

    companion object {
        /**
         * Its discriminator is linear, so a rate above a bound lets its weights grow without end.
         */
        val RISE =
            """
            name: rise
            data: ring
            generator:
              latent: 2
              layers:
                - { type: dense, units: 2 }
            discriminator:
              layers:
                - { type: dense, units: 1 }
            loss: leastSquares
            optimizer:
              generator: { type: sgd, lr: 0.01 }
              discriminator: { type: sgd, lr: 1.5 }
            train: { steps: 60, batch: 32 }
            output: { checkpointsEvery: 2, samplesEvery: 9000, keepCheckpoints: 9, sampleCount: 9 }
            """

        /** A small GAN on real digits: a step takes a few milliseconds. */
        val SMALL =
            """
            name: small
            data: digits
            generator:
              latent: 4
              layers:
                - { type: dense, units: 64 }
                - { type: reshape, shape: [4, 4, 4] }
                - batchNorm
                - relu
                - { type: convTranspose, filters: 1 }
                - tanh
            discriminator:
              norm: { type: bssn, scale: 1.4 }
              layers:
                - { type: conv, filters: 4, kernel: 4, stride: 2 }
                - { type: leakyRelu, slope: 0.1 }
                - { type: dropout, rate: 0.2 }
                - flatten
                - { type: dense, units: 1 }
            loss: hinge
            train: { steps: 6, batch: 8 }
            output: { sampleCount: 9 }
            """

        /** Every file below a folder by its relative name. */
        fun contents(folder: Path): Map<String, List<Byte>> =
            Files.walk(folder).use { all ->
                all.filter(Files::isRegularFile).toList().associate {
                    it.relativeTo(folder).toString() to it.readBytes().toList()
                }
            }
    }
}

/** The rows of a run without seconds. */
internal fun rows(run: Path): List<String> =
    run.resolve("metrics.csv").readLines().map { line ->
        line.split(",").filterIndexed { i, _ -> i != 1 }.joinToString(",")
    }
