package dev.sparring.cli

import dev.sparring.cli.defaults.Defaults
import dev.sparring.setting.Shown
import java.io.IOException
import java.io.PrintStream
import java.nio.file.Files
import java.nio.file.Path

/** Where a command writes: results to [out], progress and logs to [err]. */
internal class Terminal(
    val out: PrintStream,
    val err: PrintStream,
    /** Of the process. */
    val environment: Map<String, String> = System.getenv(),
) {
    /** Whether only results and errors are wanted. */
    var isQuiet: Boolean = false

    /** The defaults of the user that this command has and that may decide its result. */
    var defaults: List<Defaults.Default> = emptyList()

    /**
     * Progress, or a note; not with `--quiet`. What files and names have put into it cannot steer
     * the terminal.
     */
    fun log(line: String) {
        if (!isQuiet) err.println(Shown.lines(line))
    }

    /** The same in place of the line that the cursor is in. */
    fun logOver(line: String) {
        if (!isQuiet) err.println("\r\u001b[K" + Shown.lines(line))
    }

    /** What has to be known: how a command failed or was stopped, or what it found wrong. */
    fun error(line: String) {
        err.println(Shown.lines(line))
    }

    /**
     * Whether the session is interactive and can move its cursor. Java sees standard input and
     * output only; of standard error, Linux is asked.
     */
    fun isInteractive(): Boolean {
        if (environment["TERM"] == "dumb") return false
        val console = System.console() ?: return false
        // From JDK 22 on there is a console even without a terminal, and a method to ask.
        val isTerminal =
            try {
                console.javaClass.getMethod("isTerminal").invoke(console) as Boolean
            } catch (_: ReflectiveOperationException) {
                true
            }
        return isTerminal && !errorsGoToFile()
    }

    /** Whether texts may have colours: only on a terminal, and not with NO_COLOR (no-color.org). */
    fun hasColours(): Boolean = environment["NO_COLOR"].isNullOrEmpty() && isInteractive()

    private fun errorsGoToFile(): Boolean =
        try {
            !"${Files.readSymbolicLink(Path.of("/proc/self/fd/2"))}".startsWith("/dev/")
        } catch (_: IOException) {
            false // not Linux
        } catch (_: UnsupportedOperationException) {
            false
        }
}
