package dev.sparring.cli

import java.io.BufferedReader
import java.lang.management.ManagementFactory
import java.nio.file.Path
import kotlin.concurrent.thread

/**
 * A JVM like this one, with the same options and class path, that runs one command of ours. It ends
 * when its standard input closes, so it never outlives the JVM that started it.
 */
internal object ChildJvm {
    private const val TERMINATED = 143

    /** Exit codes of a JVM after SIGINT and SIGTERM. */
    val INTERRUPTED: Set<Int> = setOf(ExitCode.INTERRUPTED, TERMINATED)

    private const val THREADS = "-Dsparring.threads="

    /**
     * A process of our command line, as [command], in the environment that this JVM was started in:
     * an engine that was opened here has changed the C library's copy, which children would get.
     */
    fun builder(threads: Int?, arguments: List<String>): ProcessBuilder =
        ProcessBuilder(command(threads, arguments)).also { it.environment() }

    /**
     * The command that starts our command line with these arguments.
     *
     * @param threads null for a portable run, which has a number of its own
     */
    fun command(threads: Int?, arguments: List<String>): List<String> {
        val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
        return listOf(ProcessHandle.current().info().command().orElse(java)) +
            ManagementFactory.getRuntimeMXBean().inputArguments.filter { !it.startsWith(THREADS) } +
            listOfNotNull(threads?.let { "$THREADS$it" }) +
            listOf("-cp", System.getProperty("java.class.path"), "dev.sparring.cli.MainKt") +
            arguments
    }

    /**
     * For the child: ends it when the JVM that started it is gone, or closes its standard input.
     *
     * @param input standard input; whatever is left in it is skipped
     * @param end is given [ExitCode.INTERRUPTED] to end with: exits where shutdown hooks have to
     *   run as on Ctrl-C, or halts
     */
    fun endWithParent(input: BufferedReader, end: (Int) -> Unit) {
        thread(isDaemon = true, name = "parent") {
            while (input.readLine() != null) Unit
            end(ExitCode.INTERRUPTED)
        }
    }
}
