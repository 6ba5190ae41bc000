/** What both native engines want of the process that they are loaded into. */
@NullMarked
package dev.sparring.process;

import org.jspecify.annotations.NullMarked;
