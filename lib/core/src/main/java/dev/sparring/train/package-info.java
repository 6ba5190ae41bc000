/** The adversarial loop, its listeners and gauges. */
@NullMarked
package dev.sparring.train;

import org.jspecify.annotations.NullMarked;
