/** Networks with every shape, parameter and state worked out, and nothing allocated. */
@NullMarked
package dev.sparring.plan;

import org.jspecify.annotations.NullMarked;
