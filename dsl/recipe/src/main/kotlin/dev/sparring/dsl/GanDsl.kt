package dev.sparring.dsl

/** Marks the builders' receivers, so that an inner block cannot call an outer block's functions. */
@DslMarker @Target(AnnotationTarget.CLASS) public annotation class GanDsl
