package dev.sparring.train;

import org.jspecify.annotations.Nullable;

/**
 * An update in a game, by its place in it.
 *
 * @param step the step, from 1
 * @param direction whose discriminator is updated; null for the generators, which learn together
 * @param number of the update in the step, from 0
 */
record Move(long step, @Nullable Integer direction, int number) {}
