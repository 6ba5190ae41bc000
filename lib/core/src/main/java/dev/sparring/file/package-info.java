/** Files that are whole or absent. */
@NullMarked
package dev.sparring.file;

import org.jspecify.annotations.NullMarked;
