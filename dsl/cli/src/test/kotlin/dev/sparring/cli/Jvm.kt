package dev.sparring.cli

import io.kotest.matchers.shouldBe
import java.nio.file.Path

/**
 * Options of JVMs that run for a moment: most of their time goes into compiling what runs once.
 * Children of theirs have them too.
 */
internal val BRIEF: Array<String> = arrayOf("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

/** The command line in a JVM of its own; all that it prints goes to the file `log` in [folder]. */
internal fun startJvm(
    folder: Path,
    vararg args: String,
    environment: Map<String, String> = emptyMap(),
): Process =
    ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            *BRIEF,
            "--enable-native-access=ALL-UNNAMED",
            "-Dsparring.threads=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sparring.cli.MainKt",
            *args,
        )
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .apply { environment() += environment }
        .start()

/** Sends a process a signal, e.g. INT. */
internal fun signal(process: Process, name: String) {
    ProcessBuilder("kill", "-$name", "${process.pid()}").start().waitFor() shouldBe 0
}
