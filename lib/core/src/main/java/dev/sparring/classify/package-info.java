/** Classifiers of samples that this library trains itself, to measure samples by. */
@NullMarked
package dev.sparring.classify;

import org.jspecify.annotations.NullMarked;
