package dev.sparring.network;

import dev.sparring.data.DataException;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

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
  public static GamePlan of(Recipe recipe) {
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
    if (generator == null || discriminator == null || !problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    return new GamePlan(sample, generator, discriminator);
  }
}
