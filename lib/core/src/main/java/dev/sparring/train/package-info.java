/** The adversarial loop and what listens to it. */
@NullMarked
package dev.sparring.train;

import org.jspecify.annotations.NullMarked;
