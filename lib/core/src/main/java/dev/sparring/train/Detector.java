package dev.sparring.train;

import java.util.List;

/**
 * Watches the figures of a training for something that its owner wants to know. It remembers what
 * it has heard, and belongs to one training.
 */
public interface Detector {
  /**
   * Hears of a step, later than all that it has heard of; there may be gaps between them.
   *
   * @return what it has noticed there for the first time, in plain words; mostly nothing
   */
  List<String> hear(Step step);
}
