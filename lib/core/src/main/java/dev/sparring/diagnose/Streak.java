package dev.sparring.diagnose;

/**
 * How long a condition has held without a break. Reports once for each time that it has held long
 * enough.
 *
 * <p>It counts by step numbers, so that steps without data, as in a resumed run with rare rows of
 * metrics, do not make a streak longer.
 */
final class Streak {
  private final long steps;
  private final int looks;
  private long first;
  private int seen;
  private boolean told;

  /**
   * An empty streak.
   *
   * @param steps least number of steps between the first and the last measurement
   * @param looks least number of measurements, including the first and the last
   */
  Streak(long steps, int looks) {
    this.steps = steps;
    this.looks = looks;
  }

  /**
   * Adds a measurement.
   *
   * @param step the step, later than all before
   * @param holds whether the condition holds
   * @return whether the condition has held long enough now and had not before in this streak
   */
  boolean reached(long step, boolean holds) {
    if (!holds) {
      seen = 0;
      told = false;
      return false;
    }
    if (seen == 0) {
      first = step;
    }
    seen++;
    if (told || seen < looks || step - first < steps) {
      return false;
    }
    told = true;
    return true;
  }
}
