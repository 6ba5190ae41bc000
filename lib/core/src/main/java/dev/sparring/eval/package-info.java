/**
 * Measures a generator: draws samples, takes features of them, and hands these to the metrics.
 * Trains classifiers on labelled data for features of its own, and keeps these and the features of
 * real samples.
 */
@NullMarked
package dev.sparring.eval;

import org.jspecify.annotations.NullMarked;
