/** Initializers: how the first weights are drawn. */
@NullMarked
package dev.sparring.init;

import org.jspecify.annotations.NullMarked;
