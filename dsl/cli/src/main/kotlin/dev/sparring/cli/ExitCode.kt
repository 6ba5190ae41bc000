package dev.sparring.cli

/** The exit codes of the command line. */
internal object ExitCode {
    const val DONE = 0

    /** A fault of Sparring's own. */
    const val FAULT = 1

    /** A recipe, a file, an option or the machine does not allow the request. */
    const val BAD_INPUT = 2

    /** A loss or a weight stopped being finite. */
    const val DIVERGED = 3

    /** A run that was trained again came out otherwise. */
    const val DIFFERENT = 4

    /** Stopped by a signal; the checkpoint is written. */
    const val INTERRUPTED = 130
}
