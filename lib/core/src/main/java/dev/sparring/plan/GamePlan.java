package dev.sparring.plan;

import dev.sparring.data.DataException;
import dev.sparring.recipe.Problem;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A consistent recipe with its planned networks: every shape, parameter and state, and nothing
 * allocated. Everything that trains, measures or checks a recipe takes its plan.
 *
 * @param written the recipe as its author wrote it, to distinguish its own settings from those that
 *     its convention decides; otherwise use {@code recipe}
 * @param recipe the same recipe in its resolved form, {@link Recipe#resolved}
 * @param sample the shape of one sample of the data
 * @param source the shape of one source where images are generated from images; empty for noise
 * @param isPaired whether the data is paired, so that the discriminator sees each sample with its
 *     source
 * @param classes number of classes; empty if neither network is conditional
 * @param directions one direction, or the forward and the backward direction for unpaired data
 */
public record GamePlan(
    Recipe written,
    Recipe recipe,
    Shape sample,
    Optional<Shape> source,
    boolean isPaired,
    OptionalInt classes,
    List<DirectionPlan> directions) {
  /** Resolves the recipe and copies the directions. */
  public GamePlan {
    recipe = recipe.resolved();
    directions = List.copyOf(directions);
  }

  /** The generator of the forward direction, which is the recipe's. */
  public NetworkPlan generator() {
    return directions.get(0).generator();
  }

  /** The discriminator of the forward direction. */
  public NetworkPlan discriminator() {
    return directions.get(0).discriminator();
  }

  /** Whether there is a backward direction. */
  public boolean hasBackwardDirection() {
    return directions.stream().anyMatch(DirectionPlan::isBackward);
  }

  /** All networks. */
  public List<NetworkPlan> networks() {
    return directions.stream().flatMap(d -> Stream.of(d.generator(), d.discriminator())).toList();
  }

  /** What a training of it computes most. */
  public Workload workload() {
    List<Shape> weights =
        networks().stream()
            .flatMap(n -> n.weighted())
            .map(layer -> layer.weight().orElseThrow().parameter().shape())
            .toList();
    double product =
        weights.stream()
            .filter(w -> w.rank() == 2)
            .mapToDouble(w -> 2.0 * recipe.train().batch() * w.dim(0) * w.dim(1))
            .max()
            .orElse(0);
    return new Workload(weights.stream().anyMatch(w -> w.rank() > 2), product);
  }

  /**
   * The plan with the recipe's scheduled numbers as they are in a step: the same networks, whose
   * layers and norms have the step's numbers.
   *
   * @param step from 1
   * @throws RecipeException if a record refuses its value in that step
   */
  public GamePlan at(long step) {
    if (recipe.train().schedules().isEmpty()) {
      return this;
    }
    Recipe now = recipe.at(step);
    boolean areSame =
        now.generator().equals(recipe.generator())
            && now.discriminator().equals(recipe.discriminator())
            && now.blocks().equals(recipe.blocks());
    List<DirectionPlan> planned =
        areSame ? directions : directions.stream().map(d -> again(d, now)).toList();
    return new GamePlan(written, now, sample, source, isPaired, classes, planned);
  }

  private DirectionPlan again(DirectionPlan old, Recipe now) {
    PlanContext context = PlanContext.of(now);
    return new DirectionPlan(
        NetworkPlan.resolved(
            old.generator().name(),
            "generator",
            written.generator(),
            now.generator(),
            old.generator().input(),
            context),
        NetworkPlan.resolved(
            old.discriminator().name(),
            "discriminator",
            written.discriminator(),
            now.discriminator(),
            old.discriminator().input(),
            context),
        old.isBackward());
  }

  /**
   * Plans a recipe and checks that its parts fit together.
   *
   * @throws RecipeException with all problems, also if the files that decide the shape or the
   *     classes of the data cannot be read
   */
  public static GamePlan of(Recipe written) {
    try {
      return planned(written, written.resolved());
    } catch (DataException e) {
      throw new RecipeException(new Problem("data", String.valueOf(e.getMessage())), e);
    }
  }

  private static GamePlan planned(Recipe written, Recipe recipe) {
    Shape sample = sized("a sample", recipe.data().sampleShape());
    Optional<Shape> source = recipe.data().sourceShape().map(s -> sized("a source", s));
    PlanContext context = PlanContext.of(recipe);
    List<Problem> problems = new ArrayList<>();
    NetworkPlan generator = null;
    NetworkPlan discriminator = null;
    try {
      Shape input = source.orElse(Shape.of(recipe.generator().latent()));
      generator =
          NetworkPlan.resolved(
              "generator", "generator", written.generator(), recipe.generator(), input, context);
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
      discriminator =
          NetworkPlan.resolved(
              "discriminator",
              "discriminator",
              written.discriminator(),
              recipe.discriminator(),
              seen,
              context);
    } catch (RecipeException e) {
      problems.addAll(e.problems());
    } catch (IllegalArgumentException e) {
      problems.add(new Problem("data", String.valueOf(e.getMessage())));
    }
    if (generator == null || discriminator == null || !problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    List<DirectionPlan> directions = new ArrayList<>();
    directions.add(new DirectionPlan(generator, discriminator, false));
    if (source.isPresent() && !recipe.data().isPaired()) {
      directions.add(backward(written, recipe, source.get(), sample, context));
    }
    GamePlan plan =
        new GamePlan(
            written,
            recipe,
            sample,
            source,
            recipe.data().isPaired(),
            Stream.of(generator, discriminator)
                .map(NetworkPlan::classes)
                .flatMapToInt(OptionalInt::stream)
                .findFirst(),
            directions);
    problems.addAll(new RecipeChecks(plan).problems());
    if (!problems.isEmpty()) {
      throw new RecipeException(problems);
    }
    return plan;
  }

  /** The backward direction: the recipe's layers, with weights of its own. */
  private static DirectionPlan backward(
      Recipe written, Recipe recipe, Shape source, Shape sample, PlanContext context) {
    NetworkPlan generator =
        NetworkPlan.resolved(
            "generator_back",
            "generator",
            written.generator(),
            recipe.generator(),
            sample,
            context);
    if (!generator.output().equals(source)) {
      throw new RecipeException(
          "generator.layers." + (recipe.generator().layers().size() - 1),
          "in the backward direction the generator makes "
              + generator.output()
              + " of samples, but a source of the data is "
              + source);
    }
    return new DirectionPlan(
        generator,
        NetworkPlan.resolved(
            "discriminator_back",
            "discriminator",
            written.discriminator(),
            recipe.discriminator(),
            packed(source, source.dim(0), recipe.discriminator().packing()),
            context),
        true);
  }

  private static Shape sized(String what, Shape shape) {
    if (SizeChecks.elements(shape).isEmpty()) {
      throw new RecipeException(
          "data",
          what
              + " of "
              + shape
              + " has more numbers than fit into an array, "
              + SizeChecks.MOST
              + "; take smaller ones");
    }
    return shape;
  }

  /**
   * The shape of a pack.
   *
   * @param channels of one sample as the discriminator sees it
   */
  private static Shape packed(Shape sample, long channels, int packing) {
    long each = sample.elements() / sample.dim(0) * channels;
    if (packing > SizeChecks.MOST / each) {
      throw new RecipeException(
          "discriminator.packing",
          packing
              + " samples of "
              + each
              + " numbers are more than fit into an array, "
              + SizeChecks.MOST
              + "; it must be <= "
              + SizeChecks.MOST / each);
    }
    return sample.channels((int) channels * packing);
  }

  /**
   * The shape of the discriminator's input: for each sample of a pack the channels of the source
   * (in paired data) and those of the sample.
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
    long channels = (long) sample.dim(0) + source.map(s -> s.dim(0)).orElse(0);
    return packed(sample, channels, packing);
  }
}
