package dev.sparring.dsl.explain

import dev.sparring.dsl.diff.Difference

/** Settings that lead from one recipe towards another, and are changed together. */
public class Move
internal constructor(
    /** From 1. */
    public val number: Int,
    /** What it is called, such as `optimizer.generator.lr`. */
    public val title: String,
    /** The names that may be joined. */
    public val names: List<String>,
    /** How the first recipe with this move alone differs from itself. */
    public val differences: List<Difference>,
    /** Why several settings are one move, a line each; empty if they are one setting. */
    public val reasons: List<String>,
)
