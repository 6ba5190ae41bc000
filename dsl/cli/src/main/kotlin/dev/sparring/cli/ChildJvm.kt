package dev.sparring.cli

import dev.sparring.cli.defaults.Defaults
import java.io.BufferedReader
import java.io.IOException
import java.lang.management.ManagementFactory
import java.nio.file.Path
import kotlin.concurrent.thread

/**
 * A JVM like this one, with the same options and class path, that runs one command of ours. It ends
 * when its standard input closes, so it never outlives the JVM that started it.
 */
internal object ChildJvm {
    private const val TERMINATED = 143
    private const val SIGNALLED = 128

    /** The signals of Linux and macOS that end a process and that none of our commands catches. */
    private val SIGNALS =
        mapOf(
            1 to "SIGHUP",
            3 to "SIGQUIT",
            4 to "SIGILL",
            6 to "SIGABRT",
            8 to "SIGFPE",
            9 to "SIGKILL",
            11 to "SIGSEGV",
            24 to "SIGXCPU",
            25 to "SIGXFSZ",
        )

    /** Exit codes of a JVM after SIGINT and SIGTERM. */
    val INTERRUPTED: Set<Int> = setOf(ExitCode.INTERRUPTED, TERMINATED)

    /** The option that a number of threads completes. */
    const val THREADS: String = "-D${ThreadsOption.PROPERTY}="

    /** The class that our command line begins with. */
    const val MAIN: String = "dev.sparring.cli.MainKt"

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
            options() +
            listOfNotNull(threads?.let { "$THREADS$it" }) +
            listOf("-cp", System.getProperty("java.class.path"), MAIN) +
            arguments
    }

    /** The options of this JVM, without its number of threads, for one that is told everything. */
    fun options(): List<String> =
        ManagementFactory.getRuntimeMXBean().inputArguments.filter {
            !it.startsWith(THREADS) && !it.startsWith("-D${Defaults.PROPERTY}=")
        } + "-D${Defaults.PROPERTY}=${Defaults.NONE}"

    /**
     * How a child ended that did not end well.
     *
     * @param code its exit code, for which Java takes 128 and the number of a signal
     * @param last its last line on standard error; empty if there is none
     */
    fun ending(code: Int, last: String): String {
        val signal = SIGNALS[code - SIGNALLED]
        val ended =
            if (signal == null) "exit code $code"
            else "killed by signal ${code - SIGNALLED} ($signal)"
        val cause =
            when (signal) {
                "SIGKILL" ->
                    "the system may have run out of memory; fewer runs at a time or a smaller batch need less"
                "SIGSEGV",
                "SIGABRT",
                "SIGFPE",
                "SIGILL" -> "a native library crashed; an hs_err file may say where"
                else -> null
            }
        return listOfNotNull(
                ended,
                last.ifEmpty { null } ?: "no message".takeIf { cause == null },
                cause,
            )
            .joinToString(": ")
    }

    /** Hands on what a child says, a line each, until it ends; returns the last line. */
    fun follow(child: Process, log: (String) -> Unit): String {
        var last = ""
        child.errorReader(Charsets.UTF_8).forEachLine { line ->
            if (line.isNotBlank()) {
                last = line
                log(line)
            }
        }
        return last
    }

    /** Lets a child that ends with its parent end now. */
    fun letEnd(child: Process) {
        try {
            child.outputStream.close()
        } catch (_: IOException) {
            // It has ended already.
        }
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
