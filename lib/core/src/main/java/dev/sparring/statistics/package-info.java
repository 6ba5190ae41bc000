/** Statistics over repeated runs: mean, deviation, interval, significance. */
@NullMarked
package dev.sparring.statistics;

import org.jspecify.annotations.NullMarked;
