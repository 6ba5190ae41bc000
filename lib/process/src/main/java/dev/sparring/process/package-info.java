/** Settings of the process that both native engines need. */
@NullMarked
package dev.sparring.process;

import org.jspecify.annotations.NullMarked;
