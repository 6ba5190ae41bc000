package dev.sparring.recipe;

/**
 * Which running statistics of batch normalization the generator has that samples are drawn from.
 * They matter where the drawn weights are not those that the statistics were gathered with: an
 * average of weights. A generator whose normalization always uses batch statistics ({@code
 * alwaysBatch}) reads none of them.
 */
public enum GeneratorStatistics {
  /** The generator's own of this moment, gathered by its weights of the last steps. */
  OWN,
  /**
   * The average's copies of the generator's own, made after each averaged step, as StyleGAN2 and
   * R3GAN do: the same numbers as the generator's own, kept in checkpoints beside the average.
   */
  COPIED,
  /**
   * Averaged after each step with the decay of the weights, as in BigGAN's code: the average of
   * variances does not count how far the means lie apart.
   */
  AVERAGED,
  /**
   * Standing statistics (Brock et al., arXiv:1809.11096, whose code has 16 passes): gathered anew
   * by 16 training passes of the drawn weights, each with noise, classes and dropout of its own, as
   * many samples as an update of the generator has. Each is the mean over the passes of a batch's
   * mean or unbiased variance. The noise follows from the run's seed of noise, so the same weights
   * always have the same statistics. States of weight normalizations, such as singular vectors,
   * stay as they are.
   */
  STANDING;

  /** Whether they are kept beside the average, and in checkpoints. */
  public boolean isKept() {
    return this == COPIED || this == AVERAGED;
  }

  /** Whether anything of a recipe is drawn with standing ones. */
  public static boolean areStanding(Recipe recipe) {
    return ofSamples(recipe) == STANDING || ofMeasured(recipe) == STANDING;
  }

  /** Those of a recipe's pictures and samples. */
  public static GeneratorStatistics ofSamples(Recipe recipe) {
    Ema ema = recipe.ema();
    return ema == null ? OWN : ema.statistics();
  }

  /** Those that a recipe's samples are measured with. */
  public static GeneratorStatistics ofMeasured(Recipe recipe) {
    Evaluate evaluate = recipe.evaluate();
    return evaluate == null || evaluate.statistics() == null
        ? ofSamples(recipe)
        : evaluate.statistics();
  }
}
