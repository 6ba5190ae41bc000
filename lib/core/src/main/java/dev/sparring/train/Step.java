package dev.sparring.train;

import dev.sparring.recipe.Output;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The results of one step.
 *
 * @param number the step, from 1
 * @param seconds wall clock since training began, earlier parts of a resumed run included
 * @param figures by name in the order of {@link Training#figures}; {@code loss_d} and {@code
 *     loss_g} are the means over the step's updates, the others are those of gauges that were due
 */
public record Step(long number, double seconds, Map<String, Double> figures) {
  /** The figures that every step has, the losses. */
  public static final List<String> LOSSES = List.of("loss_d", "loss_g");

  /** The figure that counts the retries so far, in recipes that may retry. */
  public static final String RETRIES = "retries";

  /** Before the place of a scheduled number in the name of its figure. */
  public static final String SCHEDULED = "scheduled.";

  private static final Set<String> UNMEASURED = Set.of("loss_d", "loss_g", RETRIES);

  /** Copies the figures. */
  public Step {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** Whether it is recorded: at the interval of metrics, and whenever a gauge was due. */
  public boolean isRecorded(Output output) {
    return isMeasured() || number % output.metricsEvery() == 0;
  }

  /** Whether a gauge was due, so that there are more figures than those of every step. */
  public boolean isMeasured() {
    return !figures.keySet().stream()
        .allMatch(name -> UNMEASURED.contains(name) || name.startsWith(SCHEDULED));
  }
}
