package dev.sparring.recipe;

/**
 * One problem of a recipe.
 *
 * @param path the place, e.g. {@code generator.layers.3}; empty for the whole
 * @param text what is wrong and what would be right, in one line
 */
public record Problem(String path, String text) {
  @Override
  public String toString() {
    return path.isEmpty() ? text : path + ": " + text;
  }
}
