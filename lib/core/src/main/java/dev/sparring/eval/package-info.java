/**
 * Measures a generator: draws samples, extracts features, computes metrics, and caches the features
 * of real samples. Metrics know no engine; {@link dev.sparring.eval.EngineProducts} lends them one.
 */
@NullMarked
package dev.sparring.eval;

import org.jspecify.annotations.NullMarked;
