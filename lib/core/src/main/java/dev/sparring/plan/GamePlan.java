package dev.sparring.plan;

import dev.sparring.data.DataException;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Both networks of a recipe worked out, and the data with which they have to fit.
 *
 * @param sample the shape of one sample of the data
 * @param source the shape of one source where images are made from images; none for noise
 * @param isPaired whether each sample has a source that it belongs to, and the discriminator sees
 *     both
 * @param classes how many classes the networks tell apart; none if neither looks at classes
 * @param generator from noise, or a source, to a sample
 * @param discriminator from what it sees of a sample, or of several, to scores
 * @param back the same in the other direction, where sources and samples do not belong together
 */
public record GamePlan(
    Shape sample,
    Optional<Shape> source,
    boolean isPaired,
    OptionalInt classes,
    NetworkPlan generator,
    NetworkPlan discriminator,
    Optional<WayBack> back) {
  /**
   * The networks of the way back, of the recipe's layers with weights of their own.
   *
   * @param generator from a sample to a source
   * @param discriminator from a source to scores
   */
  public record WayBack(NetworkPlan generator, NetworkPlan discriminator) {}

  /** All networks. */
  public List<NetworkPlan> networks() {
    List<NetworkPlan> all = new ArrayList<>(List.of(generator, discriminator));
    back.ifPresent(b -> all.addAll(List.of(b.generator(), b.discriminator())));
    return all;
  }

  /**
   * Works out a recipe and checks that its parts fit together.
   *
   * @throws RecipeException with everything that is wrong, also if the files that decide the shape
   *     or the classes of the data cannot be read
   */
  public static GamePlan of(Recipe open) {
    try {
      return worked(open.resolved());
    } catch (DataException e) {
      throw new RecipeException(new Problem("data", String.valueOf(e.getMessage())), e);
    }
  }

  private static GamePlan worked(Recipe recipe) {
    Shape sample = recipe.data().sampleShape();
    Optional<Shape> source = recipe.data().sourceShape();
    PlanContext surroundings = PlanContext.of(recipe);
    List<Problem> problems = new ArrayList<>();
    NetworkPlan generator = null;
    NetworkPlan discriminator = null;
    try {
      Shape input = source.orElse(Shape.of(recipe.generator().latent()));
      generator = NetworkPlan.of("generator", recipe.generator(), input, surroundings);
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
      Optional<Shape> shown = recipe.data().isPaired() ? source : Optional.empty();
      Shape seen = seen(sample, shown, recipe.discriminator().packing());
      discriminator = NetworkPlan.of("discriminator", recipe.discriminator(), seen, surroundings);
    } catch (RecipeException e) {
      problems.addAll(e.problems());
    } catch (IllegalArgumentException e) {
      problems.add(new Problem("data", String.valueOf(e.getMessage())));
    }
    if (generator == null || discriminator == null || !problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    GamePlan plan =
        new GamePlan(
            sample,
            source,
            recipe.data().isPaired(),
            Stream.of(generator, discriminator)
                .map(NetworkPlan::classes)
                .flatMapToInt(OptionalInt::stream)
                .findFirst(),
            generator,
            discriminator,
            source.isPresent() && !recipe.data().isPaired()
                ? Optional.of(back(recipe, source.get(), sample, surroundings))
                : Optional.empty());
    problems.addAll(new RecipeChecks(recipe, plan).problems());
    if (!problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    return plan;
  }

  private static WayBack back(Recipe recipe, Shape source, Shape sample, PlanContext surroundings) {
    NetworkPlan generator =
        NetworkPlan.of("generator_back", "generator", recipe.generator(), sample, surroundings);
    if (!generator.output().equals(source)) {
      throw new RecipeException(
          "generator.layers." + (recipe.generator().layers().size() - 1),
          "on the way back the generator makes "
              + generator.output()
              + " of samples, but a source of the data is "
              + source);
    }
    return new WayBack(
        generator,
        NetworkPlan.of(
            "discriminator_back",
            "discriminator",
            recipe.discriminator(),
            source.channels(Math.multiplyExact(source.dim(0), recipe.discriminator().packing())),
            surroundings));
  }

  /**
   * What the discriminator sees at once: the channels of the source, where data comes in pairs,
   * then those of the sample, for each sample of a pack.
   */
  private static Shape seen(Shape sample, Optional<Shape> source, int packing) {
    if (source.isPresent() && !source.get().channels(1).equals(sample.channels(1))) {
      throw new IllegalArgumentException(
          "its sources are "
              + source.get()
              + " and its samples "
              + sample
              + "; the discriminator, which sees both, needs them of one size");
    }
    int channels = sample.dim(0) + source.map(s -> s.dim(0)).orElse(0);
    return sample.channels(Math.multiplyExact(channels, packing));
  }
}
