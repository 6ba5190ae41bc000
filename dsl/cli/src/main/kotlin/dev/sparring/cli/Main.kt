package dev.sparring.cli

/** Placeholder until the commands are here. */
public fun main(args: Array<String>) {
    println("sparring: no command yet, got ${args.toList()}")
}
