/** Random numbers that depend on nothing but a seed, a purpose and an index. */
@NullMarked
package dev.sparring.random;

import org.jspecify.annotations.NullMarked;
