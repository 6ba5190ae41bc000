/** What samples go through before the discriminator sees them. */
@NullMarked
package dev.sparring.augment;

import org.jspecify.annotations.NullMarked;
