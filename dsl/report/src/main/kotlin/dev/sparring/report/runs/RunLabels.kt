package dev.sparring.report.runs

import java.nio.file.Path

/** Short names of several runs: what of their paths tells them apart. */
public object RunLabels {
    /**
     * A label for each, in their order: the path without the folders that all have in common, such
     * as `ring/seed-1`. A single one is called by its last name.
     */
    @JvmStatic
    public fun of(runs: List<Path>): List<String> {
        val names = runs.map { run -> run.toAbsolutePath().normalize().map { "$it" } }
        val shortest = names.minOf { it.size }
        val common =
            (0 until shortest).firstOrNull { i -> names.any { it[i] != names[0][i] } } ?: shortest
        // Each keeps its last name, also one in whose folder others are.
        val from = minOf(common, maxOf(0, shortest - 1))
        return names.map { it.drop(from).joinToString("/") }
    }
}
