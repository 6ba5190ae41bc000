package dev.sparring.run;

import dev.sparring.train.Training;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the figures of a run are measured, as {@code run.json} has it. */
public final class Measured {
  private static final String KEY = "conditions";

  private Measured() {}

  /**
   * A line about what has changed since a run was last trained, so that its column of figures is
   * not measured in one way: another classifier, for instance. Empty if nothing has.
   *
   * @throws RunException if {@code run.json} is damaged
   */
  public static Optional<String> change(RunDirectory run, Training training) {
    return Files.exists(run.provenance())
        ? change(RunSummary.facts(run), training)
        : Optional.empty();
  }

  static Optional<String> change(Map<String, Object> facts, Training training) {
    List<String> now = training.conditions();
    return facts.get(KEY) instanceof List<?> before && !before.isEmpty() && !before.equals(now)
        ? Optional.of("figures: " + join(before) + ", now " + join(now))
        : Optional.empty();
  }

  static void describe(Map<String, Object> facts, Training training) {
    facts.remove(KEY);
    if (!training.conditions().isEmpty()) {
      facts.put(KEY, training.conditions());
    }
  }

  private static String join(List<?> lines) {
    return lines.stream().map(String::valueOf).reduce((a, b) -> a + "; " + b).orElse("none");
  }
}
