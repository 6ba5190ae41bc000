/** How a program of one's own uses Sparring. */
@NullMarked
package dev.sparring.samples;

import org.jspecify.annotations.NullMarked;
