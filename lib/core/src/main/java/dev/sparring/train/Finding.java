package dev.sparring.train;

/**
 * Something that a {@link Detector} noticed.
 *
 * @param step the step behind which it was noticed
 * @param text what, in plain words and one line
 */
public record Finding(long step, String text) {
  @Override
  public String toString() {
    return "step " + step + ": " + text;
  }
}
