package dev.sparring.train;

import java.util.List;

/**
 * Watches the figures of a training for a condition that users should know about. It has a state,
 * and belongs to one training.
 */
public interface Detector {
  /**
   * Is given a step, later than all before; there may be gaps between steps.
   *
   * @return new findings as plain texts; usually empty
   */
  List<String> hear(Step step);
}
