/** Files that are written atomically, locks, and formats. */
@NullMarked
package dev.sparring.file;

import org.jspecify.annotations.NullMarked;
