/** Measures a generator: draws samples, takes features of them, and hands these to the metrics. */
@NullMarked
package dev.sparring.eval;

import org.jspecify.annotations.NullMarked;
