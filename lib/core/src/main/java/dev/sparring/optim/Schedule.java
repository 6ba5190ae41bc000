package dev.sparring.optim;

/**
 * How the learning rate changes over a run: a factor on the optimizer's rate.
 *
 * <p><b>Write your own.</b> For instance a linear warm-up:
 *
 * <pre>{@code
 * record WarmUp(long first) implements Schedule {
 *   public double factor(long step, long steps) {
 *     return Math.min(1, (double) step / first);
 *   }
 * }
 * }</pre>
 */
public interface Schedule {
  /**
   * The factor for one step.
   *
   * @param step the step, from 1
   * @param steps number of steps of the run
   */
  double factor(long step, long steps);
}
