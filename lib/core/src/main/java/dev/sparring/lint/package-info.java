/**
 * Rules for settings of a recipe that are allowed but, according to papers, likely to be mistakes.
 */
@NullMarked
package dev.sparring.lint;

import org.jspecify.annotations.NullMarked;
