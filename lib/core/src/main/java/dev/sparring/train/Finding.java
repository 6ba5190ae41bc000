package dev.sparring.train;

/**
 * Something that a {@link Detector} noticed.
 *
 * @param step the step after which it was noticed
 * @param text a description in one line
 */
public record Finding(long step, String text) {
  @Override
  public String toString() {
    return "step " + step + ": " + text;
  }
}
