/**
 * Networks with their numbers on an engine, forward passes through them, and samples of generators.
 */
@NullMarked
package dev.sparring.network;

import org.jspecify.annotations.NullMarked;
