package dev.sparring.optim;

/** How the learning rate changes over a run: a factor on the optimizer's rate. */
public interface Schedule {
  /**
   * The factor for one step.
   *
   * @param step the step, from 1
   * @param steps number of steps of the run
   */
  double factor(long step, long steps);
}
