/** Normalization of weights: the spectral family, learnt lengths, and the equalized rate. */
@NullMarked
package dev.sparring.norm;

import org.jspecify.annotations.NullMarked;
