/** Normalization of weights: the spectral family. */
@NullMarked
package dev.sparring.norm;

import org.jspecify.annotations.NullMarked;
