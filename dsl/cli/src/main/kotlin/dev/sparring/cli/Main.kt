package dev.sparring.cli

import kotlin.system.exitProcess

/** The command line of Sparring. */
public fun main(args: Array<String>) {
    System.setProperty("java.awt.headless", "true")
    exitProcess(Cli(System.out, System.err).run(args))
}
