/** How to use Sparring in a program. */
@NullMarked
package dev.sparring.samples;

import org.jspecify.annotations.NullMarked;
