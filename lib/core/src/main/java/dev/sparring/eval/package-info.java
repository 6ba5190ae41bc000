/**
 * Measures a generator: draws samples, extracts features, computes metrics, and caches the features
 * of real samples.
 */
@NullMarked
package dev.sparring.eval;

import org.jspecify.annotations.NullMarked;
