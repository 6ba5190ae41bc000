/** Planned networks: every shape, parameter and state, and nothing allocated. */
@NullMarked
package dev.sparring.plan;

import org.jspecify.annotations.NullMarked;
