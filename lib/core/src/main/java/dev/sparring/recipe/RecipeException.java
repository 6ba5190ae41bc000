package dev.sparring.recipe;

/**
 * A recipe that cannot be run: where in the recipe, what is wrong, and what would be right, in one
 * line.
 */
public final class RecipeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  /**
   * A problem at one place.
   *
   * @param path the place, e.g. {@code generator.layers.3}
   * @param problem what is wrong and what would be right
   */
  public RecipeException(String path, String problem) {
    super(path.isEmpty() ? problem : path + ": " + problem);
    this.path = path;
    this.problem = problem;
  }

  /** The place in the recipe, e.g. {@code generator.layers.3}; empty for the whole. */
  public String path() {
    return path;
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }
}
