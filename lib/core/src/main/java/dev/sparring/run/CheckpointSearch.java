package dev.sparring.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The newest whole checkpoint of a run.
 *
 * @param whole it, if there is one
 * @param damaged the newer ones, newest first, with what is wrong with each
 */
record CheckpointSearch(Optional<Checkpoint> whole, Map<Checkpoint, String> damaged) {
  /**
   * Looks at checkpoints from the newest on. One that is removed meanwhile, because a training has
   * written newer ones, is no damage; the run is looked at again.
   *
   * @param files as {@link Checkpoint#problem}
   */
  static CheckpointSearch of(RunDirectory run, Set<String> files) {
    int attempts = 5;
    CheckpointSearch found = once(run, files, Long.MAX_VALUE);
    while (--attempts > 0 && found.damaged.keySet().stream().anyMatch(c -> !c.exists())) {
      found = once(run, files, Long.MAX_VALUE);
    }
    return found;
  }

  /** Looks at those before a step, in a directory that the caller holds. */
  static CheckpointSearch before(RunDirectory run, long step) {
    return once(run, Set.of(), step);
  }

  private static CheckpointSearch once(RunDirectory run, Set<String> files, long end) {
    Map<Checkpoint, String> damaged = new LinkedHashMap<>();
    List<Long> steps = run.checkpointSteps().stream().filter(step -> step < end).toList();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Checkpoint checkpoint = run.checkpoint(steps.get(i));
      Optional<String> problem = checkpoint.problem(files);
      if (problem.isEmpty()) {
        return new CheckpointSearch(Optional.of(checkpoint), damaged);
      }
      damaged.put(checkpoint, problem.get());
    }
    return new CheckpointSearch(Optional.empty(), damaged);
  }

  /** All that is wrong, in a line. */
  String problems() {
    return String.join(
        ", ",
        damaged.entrySet().stream()
            .map(e -> e.getKey().title() + " is damaged (" + e.getValue() + ")")
            .toList());
  }
}
