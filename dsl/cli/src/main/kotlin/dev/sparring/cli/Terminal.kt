package dev.sparring.cli

import java.io.PrintStream

/** Where a command writes: results to [out], progress and logs to [err]. */
internal class Terminal(val out: PrintStream, val err: PrintStream) {
    fun log(line: String) {
        err.println(line)
    }

    /**
     * Whether the session is interactive, as far as Java can tell: it sees standard input and
     * output only.
     */
    fun isInteractive(): Boolean {
        val console = System.console() ?: return false
        // From JDK 22 on there is a console even without a terminal, and a method to ask.
        return try {
            console.javaClass.getMethod("isTerminal").invoke(console) as Boolean
        } catch (_: ReflectiveOperationException) {
            true
        }
    }
}
