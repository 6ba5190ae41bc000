package dev.sparring.optim;

/**
 * How a number changes over a run, as a factor that begins near 1: of an optimizer, a factor on the
 * learning rate; of a scheduled number, the share of what it begins with.
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
   * @param step the step, from 1; one more than {@code steps} for all steps after those
   * @param steps number of steps of the run, or of the span of a scheduled number
   */
  double factor(long step, long steps);
}
