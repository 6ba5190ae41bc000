package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.data.Digits;
import dev.sparring.data.Noise;
import dev.sparring.data.Ring;
import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.BlockNorm;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Projection;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Resample;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.SelfAttention;
import dev.sparring.loss.Auxiliary;
import dev.sparring.loss.Term;
import dev.sparring.norm.Sn;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conditional layers in a plan: the number of classes, and errors. */
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

  /** The data determines the number of classes. */
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

  /** A layer with its own number of classes still needs data with labels. */
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
        "data: has no labels, but layers are conditional: generator.layers.1.layers.0"
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
        "discriminator.packing: packs have no class of their own, but layers are conditional:"
            + " generator.layers.0 (concatLabels)",
        refusal(recipe));
  }

  /** Layers created by a block follow the recipe's conventions, like those in the recipe. */
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

  /**
   * Both weights of a projection are normalized separately; its layers have the projection's place.
   */
  @Test
  void projectionsAreTwoLayersAtOnePlace() {
    Layer[] judge = {Dense.dense(4), Projection.projection().norm(Sn.sn())};
    NetworkPlan plan = GamePlan.of(recipe(Ring.ring().modes(5), POINTS, judge)).discriminator();
    assertEquals(
        """
        discriminator.1.linear.0 discriminator.layers.1 [(1, 4), (1)] Sn
        discriminator.1.embedding.0 discriminator.layers.1 [(4, 5)] Sn
        discriminator.1 discriminator.layers.1 [] None
        """,
        plan.everyLayer().stream()
            .skip(1)
            .map(
                l ->
                    String.join(
                            " ",
                            l.path(),
                            l.place(),
                            l.parameters().stream()
                                .map(p -> p.parameter().shape())
                                .toList()
                                .toString(),
                            l.norm().getClass().getSimpleName())
                        + "\n")
            .reduce("", String::concat));
    assertEquals(Shape.of(1), plan.output());
    assertEquals(
        "discriminator.layers.0: projection needs features (F), got (1, 8, 8); put a flatten before"
            + " it",
        refusal(
            recipe(
                Digits.digits(),
                new Layer[] {Dense.dense(64), Reshape.reshape(1, 8, 8)},
                Projection.projection())));
  }

  private static String auxiliary(Layer[] maker, @Nullable Term term, Layer... judge) {
    Gan gan =
        Gan.named("test")
            .data(Ring.ring().modes(5))
            .generator(g -> g.latent(3).layers(maker))
            .discriminator(d -> d.layers(judge));
    return refusal((term == null ? gan : gan.terms(term)).build());
  }

  @Test
  void logitsAndTheClassLossBelongTogether() {
    Layer head = AuxiliaryClassifier.auxiliaryClassifier();
    assertEquals(
        "discriminator.layers.1: outputs logits of classes that nothing trains: add the term"
            + " auxiliary",
        auxiliary(POINTS, null, Dense.dense(3), head));
    assertEquals(
        "terms.0: needs logits of classes: auxiliaryClassifier as the discriminator's last layer",
        auxiliary(POINTS, Auxiliary.auxiliary(), Dense.dense(1)));
    Layer[] plain = {Dense.dense(2)};
    for (Auxiliary term :
        new Auxiliary[] {Auxiliary.auxiliary().fake(0), Auxiliary.auxiliary().generator(0)}) {
      assertEquals(
          "terms.0: classifies generated samples, but the generator is not conditional: set"
              + " fake and generator to 0, or add a conditional layer to the generator",
          auxiliary(plain, term, head));
    }
    Recipe onlyReal =
        Gan.named("test")
            .data(Ring.ring().modes(5))
            .generator(g -> g.latent(3).layers(plain))
            .discriminator(d -> d.layers(head))
            .terms(Auxiliary.auxiliary().fake(0).generator(0))
            .build();
    assertEquals(Shape.of(1 + 5), GamePlan.of(onlyReal).discriminator().output());
    assertEquals(
        "discriminator.layers.0.layers.0: must be the last of the discriminator's own layers",
        auxiliary(
            POINTS,
            Auxiliary.auxiliary(),
            Residual.residual(head, Dense.dense(2)),
            AuxiliaryClassifier.auxiliaryClassifier()));
  }

  @Test
  void batchesOfOneHaveNoVarianceForAnyClass() {
    Recipe recipe =
        recipe(
            Ring.ring().modes(5),
            new Layer[] {ConditionalBatchNorm.conditionalBatchNorm(), Dense.dense(2)},
            JUDGE);
    assertEquals(
        "generator.layers.0: conditionalBatchNorm has one number for each channel of (3) in a batch"
            + " of 1; train.batch must be >= 2",
        refusal(recipe.train(Train.train().batch(1))));
  }

  @Test
  void attentionNeedsChannelsToDivide() {
    assertEquals(
        "discriminator.layers.0: selfAttention needs at least 8 channels to divide by that, got (1,"
            + " 8, 8)",
        refusal(
            recipe(
                Digits.digits(),
                new Layer[] {Dense.dense(64), Reshape.reshape(1, 8, 8)},
                SelfAttention.selfAttention())));
    // Products of query by key, (16, 4) of 2 channels, and of weights by value, of 8.
    assertEquals(64 * 16 * (2 + 8), SelfAttention.selfAttention().multiplyAdds(Shape.of(16, 8, 8)));
    assertEquals(
        64 * 64 * (2 + 8),
        SelfAttention.selfAttention().pool(false).multiplyAdds(Shape.of(16, 8, 8)));
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

  /** Some kinds of data read all their labels to tell how many classes they have. */
  @Test
  void dataIsAskedForItsClassesOncePerNetwork() {
    AtomicInteger asked = new AtomicInteger();
    Data counting =
        new Data() {
          @Override
          public Shape sampleShape() {
            return Shape.of(2);
          }

          @Override
          public OptionalInt classes() {
            asked.incrementAndGet();
            return OptionalInt.of(5);
          }

          @Override
          public DataSet open(Seed seed, Consumer<String> log) {
            throw new AssertionError("a plan opens no data");
          }
        };
    ConcatLabels labels = ConcatLabels.concatLabels();
    NetworkPlan plan =
        NetworkPlan.of(
            "d",
            Discriminator.discriminator(List.of(labels, Dense.dense(4), labels, labels)),
            Shape.of(2),
            new PlanContext(List.of(), counting));
    assertEquals(Shape.of(4 + 5 + 5), plan.output());
    assertEquals(1, asked.get());
  }
}
