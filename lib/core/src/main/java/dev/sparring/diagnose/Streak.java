package dev.sparring.diagnose;

/**
 * How long something has been so without a break. It tells once for each time that it has been so
 * for long enough.
 *
 * <p>It counts by the numbers of steps, so that steps nobody heard of, as on a resumed run with
 * rare rows of metrics, do not make it longer than it was.
 */
final class Streak {
  private final long steps;
  private final int looks;
  private long first;
  private int seen;
  private boolean told;

  /**
   * Nothing so far.
   *
   * @param steps how many steps have to lie between the first and the last look
   * @param looks how many looks there have to be, the first and the last included
   */
  Streak(long steps, int looks) {
    this.steps = steps;
    this.looks = looks;
  }

  /**
   * Takes another look.
   *
   * @param step later than all before
   * @param holds whether it is so
   * @return whether it has now, and not before in this streak, been so for long enough
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
