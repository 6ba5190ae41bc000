/** Networks with their values on an engine, forward passes, and samples of generators. */
@NullMarked
package dev.sparring.network;

import org.jspecify.annotations.NullMarked;
