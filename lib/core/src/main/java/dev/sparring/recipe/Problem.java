package dev.sparring.recipe;

import dev.sparring.setting.Shown;

/**
 * One problem of a recipe.
 *
 * @param path the place, e.g. {@code generator.layers.3}; empty for the whole
 * @param text what is wrong and what would be right, in one line
 */
public record Problem(String path, String text) {
  /** As a line of a message, {@link Shown#line}. */
  @Override
  public String toString() {
    return Shown.line(path.isEmpty() ? text : path + ": " + text);
  }
}
