package dev.sparring.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one step did.
 *
 * @param number the step, from 1
 * @param seconds wall clock since training began, earlier parts of a resumed run included
 * @param figures by name in a fixed order; {@code loss_d} and {@code loss_g} are the means over the
 *     step's updates
 */
public record Step(long number, double seconds, Map<String, Double> figures) {
  /** Copies the figures. */
  public Step {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
