/** The model of an experiment: immutable records that every face of the library builds. */
@NullMarked
package dev.sparring.recipe;

import org.jspecify.annotations.NullMarked;
