package dev.sparring.cli

import io.kotest.matchers.shouldBe
import java.io.IOException
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.exists

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
): Process = jvm(folder, "log", args.toList()).apply { environment() += environment }.start()

/**
 * The command line in a JVM of its own, not started yet.
 *
 * @param log the file in [folder] for all that it prints
 * @param through words before its command
 */
internal fun jvm(
    folder: Path,
    log: String,
    args: List<String>,
    through: List<String> = emptyList(),
): ProcessBuilder =
    ProcessBuilder(
            through +
                Path.of(System.getProperty("java.home"), "bin", "java").toString() +
                BRIEF +
                "--enable-native-access=ALL-UNNAMED" +
                "-Dsparring.threads=1" +
                listOf("-cp", System.getProperty("java.class.path"), ChildJvm.MAIN) +
                args
        )
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(log).toFile())

/** Sends a process a signal, e.g. INT. */
internal fun signal(process: Process, name: String) {
    command("kill", "-$name", "${process.pid()}") shouldBe 0
}

/** Runs a program and returns its exit code; -1 if there is no such program. */
internal fun command(vararg words: String): Int =
    try {
        ProcessBuilder(*words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
    } catch (_: IOException) {
        -1
    }

/** Waits for a file as long as processes run that shall write it. */
internal fun awaitFile(file: Path, vararg processes: Process) {
    awaited("$file", *processes) { file.takeIf { it.exists() } }
}

/** Waits until there is something, as long as all these processes run; two minutes at most. */
internal fun <T : Any> awaited(what: String, vararg processes: Process, look: () -> T?): T {
    val deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120)
    while (true) {
        look()?.let {
            return it
        }
        check(processes.all { it.isAlive }) { "waited for $what; a process has ended" }
        check(System.nanoTime() < deadline) { "waited for $what for two minutes" }
        Thread.sleep(10)
    }
}
