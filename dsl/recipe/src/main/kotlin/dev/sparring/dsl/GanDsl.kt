package dev.sparring.dsl

/**
 * Marks the builders' receivers, so that an inner block cannot reach an outer block's functions. On
 * classes and with the default retention: on functions, or kept in the source only, the compiler
 * lets misuse from other modules pass.
 */
@DslMarker @Target(AnnotationTarget.CLASS) public annotation class GanDsl
