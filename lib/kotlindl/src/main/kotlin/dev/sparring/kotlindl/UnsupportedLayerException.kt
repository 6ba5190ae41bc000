package dev.sparring.kotlindl

/** A network that KotlinDL cannot compute: which place, what is wrong, what would be right. */
public class UnsupportedLayerException internal constructor(message: String) :
    IllegalArgumentException(message)
