/** GAN experiments: recipes, networks and the adversarial loop. */
@NullMarked
package dev.sparring;

import org.jspecify.annotations.NullMarked;
