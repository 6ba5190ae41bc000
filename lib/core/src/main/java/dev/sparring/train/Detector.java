package dev.sparring.train;

import java.util.List;

/** Watches the figures of a training for something that its owner wants to know. */
public interface Detector {
  /**
   * Hears of a step.
   *
   * @return what it has noticed there for the first time, in plain words; mostly nothing
   */
  List<String> hear(Step step);
}
