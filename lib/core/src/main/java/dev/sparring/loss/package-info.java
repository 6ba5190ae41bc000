/** Losses of the adversarial game. */
@NullMarked
package dev.sparring.loss;

import org.jspecify.annotations.NullMarked;
