package dev.sparring.train;

/**
 * Is told what a training does. Listeners may read the training and write files, but not change the
 * training.
 */
public interface TrainingListener {
  /** Before the first step, or before the first one after a resume. */
  default void started(Training training) {}

  /** After each step. */
  default void stepped(Training training, Step step) {}

  /** After {@link #stepped} of a step at which a detector noticed something. */
  default void found(Training training, Finding finding) {}

  /** After the last step, however the training ended. */
  default void ended(Training training, Ending ending) {}
}
