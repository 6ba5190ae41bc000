package dev.sparring.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Data;
import dev.sparring.data.Digits;
import dev.sparring.data.Noise;
import dev.sparring.data.Ring;
import dev.sparring.layer.BlockNorm;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Resample;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Layers that look at classes in a plan: how many classes there are, and what does not fit. */
class ConditionalPlanTest {
  private static final Layer[] POINTS = {
    ConcatLabels.concatLabels(), Dense.dense(6), Relu.relu(), Dense.dense(2)
  };
  private static final Layer[] JUDGE = {
    ConcatLabels.concatLabels().embedding(3), Dense.dense(4), Relu.relu(), Dense.dense(1)
  };

  private static Recipe recipe(Data data, Layer[] maker, Layer... judge) {
    return Gan.named("test")
        .data(data)
        .generator(g -> g.latent(3).layers(maker))
        .discriminator(d -> d.layers(judge))
        .build();
  }

  private static String refusal(Recipe recipe) {
    return String.valueOf(
        assertThrows(RecipeException.class, () -> GamePlan.of(recipe)).getMessage());
  }

  /** The data says how many classes there are. */
  @Test
  void classesAreThoseOfTheData() {
    GamePlan plan = GamePlan.of(recipe(Ring.ring().modes(5), POINTS, JUDGE));
    assertEquals(OptionalInt.of(5), plan.classes());
    assertEquals(Shape.of(3 + 5), plan.generator().layers().get(0).output());
    assertEquals(Shape.of(2 + 3), plan.discriminator().layers().get(0).output());
    assertEquals(
        "[discriminator.0.weight (3, 5)]",
        plan.discriminator().layers().get(0).parameters().stream()
            .map(p -> p.path() + " " + p.parameter().shape())
            .toList()
            .toString());
    assertEquals(ConcatLabels.concatLabels().classes(5), plan.generator().layers().get(0).layer());
  }

  @Test
  void planesBehindImages() {
    Layer[] maker = {
      Dense.dense(64),
      Reshape.reshape(1, 8, 8),
      Residual.residual(ConcatLabels.concatLabels(), take())
    };
    GamePlan plan = GamePlan.of(recipe(Digits.digits(), maker, Flatten.flatten(), Dense.dense(1)));
    assertEquals(OptionalInt.of(10), plan.classes());
    assertEquals(
        Shape.of(11, 8, 8),
        plan.generator().layers().get(2).branches().get(0).layers().get(0).output());
    assertEquals(OptionalInt.empty(), plan.discriminator().classes());
  }

  private static Layer take() {
    return Conv.conv(1);
  }

  @Test
  void recipesWithoutConditionalLayersHaveNoClasses() {
    Layer[] plain = {Dense.dense(2)};
    assertTrue(GamePlan.of(recipe(Ring.ring(), plain, Dense.dense(1))).classes().isEmpty());
  }

  /** A layer that says how many classes it is for still needs data with labels to learn them. */
  @Test
  void dataWithoutLabels() {
    Layer[] maker = {ConcatLabels.concatLabels(), Dense.dense(8), Reshape.reshape(2, 2, 2)};
    Layer[] judge = {Flatten.flatten(), Dense.dense(1)};
    assertEquals(
        "generator.layers.0: concatLabels needs labels: it says no number of classes, and the data"
            + " has no labels",
        refusal(recipe(Noise.noise(2, 2, 2), maker, judge)));
    Layer[] own = {
      Dense.dense(8),
      Residual.residual(ConcatLabels.concatLabels().classes(3), Dense.dense(8)),
      Reshape.reshape(2, 2, 2)
    };
    assertEquals(
        "data: has no labels, but layers look at the classes of samples: generator.layers.1.layers.0"
            + " (concatLabels)",
        refusal(recipe(Noise.noise(2, 2, 2), own, judge)));
  }

  @Test
  void classesThatDifferFromTheData() {
    Layer[] maker = {ConcatLabels.concatLabels().classes(7), Dense.dense(2)};
    assertEquals(
        "generator.layers.0: is for 7 classes, the data has 5",
        refusal(recipe(Ring.ring().modes(5), maker, JUDGE)));
  }

  @Test
  void packsHaveNoClass() {
    Recipe recipe =
        Gan.named("test")
            .data(Ring.ring().modes(5))
            .generator(g -> g.latent(3).layers(POINTS))
            .discriminator(d -> d.packing(2).layers(Dense.dense(1)))
            .build();
    assertEquals(
        "discriminator.packing: packs have no class of their own, but layers look at the classes of"
            + " samples: generator.layers.0 (concatLabels)",
        refusal(recipe));
  }

  /** Layers that a block makes follow the recipe's conventions, as written ones do. */
  @Test
  void madeLayersFollowTheConventions() {
    Gan gan =
        Gan.named("test")
            .data(Digits.digits())
            .generator(
                g ->
                    g.latent(3)
                        .layers(
                            Dense.dense(32),
                            Reshape.reshape(2, 4, 4),
                            ResidualBlock.residualBlock(2)
                                .normalize(BlockNorm.CONDITIONAL)
                                .resample(Resample.UP),
                            Conv.conv(1)))
            .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)));
    Layer made =
        GamePlan.of(gan.conventions(Conventions.KERAS).build())
            .generator()
            .layers()
            .get(2)
            .branches()
            .get(0)
            .layers()
            .get(0)
            .layer();
    assertEquals(
        ConditionalBatchNorm.conditionalBatchNorm().eps(1e-3).momentum(0.01).classes(10), made);
  }

  @Test
  void settingsAreChecked() {
    for (int wrong : List.of(0, -1)) {
      assertEquals(
          "embedding must be >= 1, got " + wrong,
          assertThrows(
                  IllegalArgumentException.class,
                  () -> ConcatLabels.concatLabels().embedding(wrong))
              .getMessage());
      assertEquals(
          "classes must be >= 1, got " + wrong,
          assertThrows(
                  IllegalArgumentException.class, () -> ConcatLabels.concatLabels().classes(wrong))
              .getMessage());
    }
  }
}
