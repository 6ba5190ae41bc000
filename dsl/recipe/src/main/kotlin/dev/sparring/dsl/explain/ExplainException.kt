package dev.sparring.dsl.explain

/** Why two recipes cannot be explained as asked, in a line. */
public class ExplainException internal constructor(message: String) :
    IllegalArgumentException(message)
