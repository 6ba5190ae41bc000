/** Augmentations of the discriminator's input. */
@NullMarked
package dev.sparring.augment;

import org.jspecify.annotations.NullMarked;
