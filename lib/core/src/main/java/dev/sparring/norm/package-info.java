/** Normalization of weights: the spectral family, and lengths that are learnt. */
@NullMarked
package dev.sparring.norm;

import org.jspecify.annotations.NullMarked;
