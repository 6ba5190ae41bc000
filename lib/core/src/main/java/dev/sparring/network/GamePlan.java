package dev.sparring.network;

import dev.sparring.data.DataException;
import dev.sparring.layer.BatchNorm;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Both networks of a recipe worked out, and the data with which they have to fit.
 *
 * @param sample the shape of one sample of the data
 * @param generator from noise to a sample
 * @param discriminator from a sample to scores
 */
public record GamePlan(Shape sample, NetworkPlan generator, NetworkPlan discriminator) {
  /**
   * Works out a recipe and checks that its parts fit together.
   *
   * @throws RecipeException with everything that is wrong
   * @throws DataException if the files that decide the shape of the data cannot be read
   */
  public static GamePlan of(Recipe open) {
    Recipe recipe = open.effective();
    Shape sample = recipe.data().sampleShape();
    List<Problem> problems = new ArrayList<>();
    NetworkPlan generator = null;
    NetworkPlan discriminator = null;
    try {
      generator =
          NetworkPlan.of("generator", recipe.generator(), Shape.of(recipe.generator().latent()));
      if (!generator.output().equals(sample)) {
        problems.add(
            new Problem(
                "generator.layers." + (recipe.generator().layers().size() - 1),
                "the generator makes "
                    + generator.output()
                    + ", but a sample of the data is "
                    + sample));
      }
    } catch (RecipeException e) {
      problems.addAll(e.problems());
    }
    try {
      discriminator = NetworkPlan.of("discriminator", recipe.discriminator(), sample);
    } catch (RecipeException e) {
      problems.addAll(e.problems());
    }
    if (recipe.train().batch() == 1) {
      needStatistics(generator, problems);
      needStatistics(discriminator, problems);
    }
    if (generator == null || discriminator == null || !problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    return new GamePlan(sample, generator, discriminator);
  }

  /** Batch normalization of a single number has no variance to divide by. */
  private static void needStatistics(@Nullable NetworkPlan plan, List<Problem> problems) {
    if (plan == null) {
      return;
    }
    for (int i = 0; i < plan.layers().size(); i++) {
      PlannedLayer layer = plan.layers().get(i);
      boolean single = layer.input().elements() == layer.input().dim(0);
      if (layer.layer() instanceof BatchNorm && single) {
        problems.add(
            new Problem(
                plan.name() + ".layers." + i,
                "batchNorm has one number for each channel of "
                    + layer.input()
                    + " in a batch of 1; train.batch must be >= 2"));
      }
    }
  }
}
