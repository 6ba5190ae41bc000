package dev.sparring.conformance;

import static dev.sparring.layer.Dense.dense;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.Ring;
import dev.sparring.init.WeightSpec;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerContext;
import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.GeneratorTerm;
import dev.sparring.loss.Loss;
import dev.sparring.norm.NormContext;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.recipe.DiscriminatorBuilder;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Words of users that return something else than they promise are named at their places. */
public interface WrongWordConformance extends EngineUnderTest {
  /** Has one output more than it says. */
  final class Longer implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public Tensor forward(Tensor x, LayerContext pass) {
      return x.concat(List.of(x.slice(1, 0, 1)), 1);
    }
  }

  /** Forgets the mean. */
  final class Unreduced implements Loss {
    @Override
    public Tensor discriminator(Tensor real, Tensor fake) {
      return fake.minus(real);
    }

    @Override
    public Tensor generator(Tensor fake) {
      return fake.neg();
    }
  }

  /** Too few numbers, and one that is none. */
  @Test
  default void firstValuesAreCounted() {
    assertRefused(
        "discriminator.layers.1: the initializer of weight returned 3 numbers, expected 4 for shape"
            + " (1, 4)",
        d -> d.layers(dense(4), dense(1).init((weight, random) -> new double[3])));
    assertRefused(
        "discriminator.layers.0: the initializer of weight returned NaN at index 0",
        d -> d.layers(dense(1).init((w, random) -> new double[] {Double.NaN, 1})));
    assertRefused(
        "discriminator.layers.0: the initializer of weight returned zeros, and norm sn divides by"
            + " the weight's length",
        d -> d.norm(Sn.sn()).layers(dense(1).init((w, random) -> new double[2])));
  }

  /** The states of a normalization begin as its initializers say. */
  @Test
  default void statesOfNormsAreFinite() {
    assertRefused(
        "discriminator.layers.0: the initializer of weight_x returned NaN at index 0",
        d -> d.norm(new Spoilt()).layers(dense(1)));
  }

  /** Has a state that is no number. */
  final class Spoilt implements WeightNorm {
    @Override
    public Tensor normalize(Tensor weight, NormContext context) {
      return weight;
    }

    @Override
    public List<NormTensor> states(WeightSpec weight) {
      return List.of(
          new NormTensor("weight_x", Shape.of(1), (spec, random) -> new double[] {Double.NaN}));
    }
  }

  /** What comes out of a layer, and what a normalization makes of its weight. */
  @Test
  default void shapesAreThosePromised() {
    assertRefused(
        "discriminator.layers.1: Longer returned (8, 5), but its outputShape promises (8, 4)",
        d -> d.layers(dense(4), new Longer(), dense(1)));
    assertRefused(
        "discriminator.layers.0: the norm returned a weight of (1, 1), expected (4, 2)",
        d ->
            d.norm((weight, context) -> weight.slice(0, 0, 1).slice(1, 0, 1))
                .layers(dense(4), dense(1)));
  }

  /** Losses and terms of both players. */
  @Test
  default void objectivesAreScalars() {
    Recipe plain = recipe(d -> d.layers(dense(1)));
    assertRefused(
        "loss: returned a tensor of shape (8, 1), expected a scalar",
        game().discriminator(d -> d.layers(dense(1))).loss(new Unreduced()).build());
    DiscriminatorTerm ofScores = update -> update.realScores();
    assertRefused(
        "terms.0: returned a tensor of shape (8, 1), expected a scalar",
        game().discriminator(d -> d.layers(dense(1))).terms(ofScores).build());
    GeneratorTerm ofSamples = update -> update.made();
    assertRefused(
        "terms.0: returned a tensor of shape (8, 2), expected a scalar",
        game().discriminator(d -> d.layers(dense(1))).terms(ofSamples).build());
    try (Engine engine = open(Precision.FLOAT64)) {
      Training.of(plain, engine).run();
    }
  }

  private static Gan game() {
    return Gan.named("wrong")
        .data(Ring.ring().points(64))
        .generator(g -> g.latent(3).layers(dense(2)))
        .train(Train.train().steps(1).batch(8));
  }

  private static Recipe recipe(Consumer<DiscriminatorBuilder> discriminator) {
    return game().discriminator(discriminator).build();
  }

  private void assertRefused(String message, Consumer<DiscriminatorBuilder> discriminator) {
    assertRefused(message, recipe(discriminator));
  }

  private void assertRefused(String message, Recipe recipe) {
    try (Engine engine = open(Precision.FLOAT64)) {
      RecipeException refused =
          assertThrows(RecipeException.class, () -> Training.of(recipe, engine).run());
      assertEquals(message, refused.getMessage());
    }
  }
}
