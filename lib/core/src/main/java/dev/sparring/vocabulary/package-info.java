/** The words of a recipe's text: those of the library and those of its users. */
@NullMarked
package dev.sparring.vocabulary;

import org.jspecify.annotations.NullMarked;
