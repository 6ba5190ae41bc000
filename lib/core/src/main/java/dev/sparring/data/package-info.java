/** Data sets: what a recipe can train on, and how it is read. */
@NullMarked
package dev.sparring.data;

import org.jspecify.annotations.NullMarked;
