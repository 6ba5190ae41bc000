/** The model of an experiment: immutable records, built from Java, Kotlin or text. */
@NullMarked
package dev.sparring.recipe;

import org.jspecify.annotations.NullMarked;
