/** What in a recipe is allowed and still, as papers tell, likely to be a mistake. */
@NullMarked
package dev.sparring.lint;

import org.jspecify.annotations.NullMarked;
