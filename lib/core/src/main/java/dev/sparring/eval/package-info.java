/**
 * Measures a generator: draws samples, takes features of them, hands these to the metrics, and
 * keeps the features of real samples.
 */
@NullMarked
package dev.sparring.eval;

import org.jspecify.annotations.NullMarked;
