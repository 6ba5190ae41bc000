/** Optimizers, learning-rate schedules and gradient clipping. */
@NullMarked
package dev.sparring.optim;

import org.jspecify.annotations.NullMarked;
