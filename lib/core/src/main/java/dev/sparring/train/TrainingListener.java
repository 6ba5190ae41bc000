package dev.sparring.train;

/**
 * Hears what a training does. Listeners may look at the training, and write files, but not steer.
 */
public interface TrainingListener {
  /** Before the first step, or before the first one after a resume. */
  default void started(Training training) {}

  /** Behind each step. */
  default void stepped(Training training, Step step) {}

  /** Behind {@link #stepped} of a step at which a detector noticed something. */
  default void found(Training training, Finding finding) {}

  /** Behind the last step, however it came to be the last. */
  default void ended(Training training, Ending ending) {}
}
