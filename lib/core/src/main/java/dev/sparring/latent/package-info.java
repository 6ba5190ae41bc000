/** Looks into the noise space of a trained generator. */
@NullMarked
package dev.sparring.latent;

import org.jspecify.annotations.NullMarked;
