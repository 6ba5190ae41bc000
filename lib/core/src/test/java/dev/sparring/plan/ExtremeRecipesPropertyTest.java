package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Data;
import dev.sparring.data.Grid;
import dev.sparring.data.Noise;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.AvgPool;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Block;
import dev.sparring.layer.Branches;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Embedding;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.GlobalAvgPool;
import dev.sparring.layer.GroupNorm;
import dev.sparring.layer.InstanceNorm;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerNorm;
import dev.sparring.layer.MaxPool;
import dev.sparring.layer.Maxout;
import dev.sparring.layer.MinibatchStdDev;
import dev.sparring.layer.PadRule;
import dev.sparring.layer.Padding;
import dev.sparring.layer.PaddingMode;
import dev.sparring.layer.PixelShuffle;
import dev.sparring.layer.Projection;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Resample;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.SelfAttention;
import dev.sparring.layer.Skip;
import dev.sparring.layer.Stack;
import dev.sparring.layer.Upsample;
import dev.sparring.lint.Lints;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.Train;
import dev.sparring.train.StepFlops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Recipes of random layers and of sizes up to the largest number: planning either succeeds or
 * refuses with places and in one line each, at once. Most recipes have one or two sizes that are
 * not small, so that they go further than their first layer.
 */
class ExtremeRecipesPropertyTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final int[] EXTREME = {
    1,
    2,
    3,
    16,
    1_000,
    46_340,
    46_341,
    65_535,
    65_536,
    1 << 20,
    1 << 29,
    1 << 30,
    (1 << 30) + 1,
    Integer.MAX_VALUE - 8,
    Integer.MAX_VALUE - 1,
    Integer.MAX_VALUE
  };
  private static final AtomicInteger PLANNED = new AtomicInteger();
  private static final AtomicInteger REFUSED = new AtomicInteger();

  private Random random = new Random();

  /** How many of 100 sizes are not small. */
  private int wild;

  private int size() {
    return random.nextInt(100) >= wild
        ? 1 + random.nextInt(4)
        : random.nextInt(4) == 0
            ? 1 + random.nextInt(Integer.MAX_VALUE)
            : EXTREME[random.nextInt(EXTREME.length)];
  }

  private List<Layer> layers(int most, int levels) {
    List<Layer> all = new ArrayList<>();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      all.add(layer(levels));
    }
    return all;
  }

  private Layer layer(int levels) {
    int kinds = levels > 0 ? 34 : 27;
    return switch (random.nextInt(kinds)) {
      case 0 -> Dense.dense(size());
      case 1 -> Conv.conv(size()).kernel(size()).stride(size()).padding(size());
      case 2 -> Conv.conv(size()).kernel(size()).stride(size()).pad(rule());
      case 3 -> ConvTranspose.convTranspose(size()).kernel(size()).stride(size()).padding(size());
      case 4 -> ConvTranspose.convTranspose(size()).kernel(size()).stride(size()).pad(rule());
      case 5 -> Upsample.upsample(size());
      case 6 -> PixelShuffle.pixelShuffle(size());
      case 7 -> Padding.pad(size());
      case 8 -> Padding.pad(size()).mode(PaddingMode.REFLECT);
      case 9 -> AvgPool.avgPool().kernel(size()).stride(size());
      case 10 -> MaxPool.maxPool().kernel(size());
      case 11 -> Reshape.reshape(size(), size(), size());
      case 12 -> Reshape.reshape(size());
      case 13 -> Flatten.flatten();
      case 14 -> GlobalAvgPool.globalAvgPool();
      case 15 -> GroupNorm.groupNorm(size());
      case 16 -> InstanceNorm.instanceNorm().affine(true);
      case 17 -> LayerNorm.layerNorm();
      case 18 -> BatchNorm.batchNorm();
      case 19 -> Maxout.maxout(1 + Math.min(size(), Integer.MAX_VALUE - 1));
      case 20 -> MinibatchStdDev.minibatchStdDev(1 + Math.min(size(), Integer.MAX_VALUE - 1));
      case 21 -> ConcatLabels.concatLabels().embedding(size()).classes(size());
      case 22 -> Embedding.embedding(size()).classes(size());
      case 23 -> AuxiliaryClassifier.auxiliaryClassifier().classes(size());
      case 24 -> Projection.projection();
      case 25 -> Dropout.dropout();
      case 26 -> Relu.relu();
      case 27 -> SelfAttention.selfAttention().reduction(size()).valueReduction(size());
      case 28 ->
          ResidualBlock.residualBlock(size())
              .hidden(size())
              .resample(List.of(Resample.values()).get(random.nextInt(3)));
      case 29 -> Block.block("b" + random.nextInt(3));
      case 30 -> new Stack(1 + random.nextInt(1000), layers(2, levels - 1));
      case 31 -> new Residual(layers(2, levels - 1), layers(2, levels - 1));
      case 32 -> Branches.branches(List.of(layers(2, levels - 1), layers(2, levels - 1)));
      default -> Skip.skip(layers(2, levels - 1));
    };
  }

  private PadRule rule() {
    return List.of(PadRule.values()).get(random.nextInt(PadRule.values().length));
  }

  private Data data() {
    return switch (random.nextInt(4)) {
      case 0 -> Ring.ring().modes(Math.min(size(), 1_000_000));
      case 1 -> Grid.grid();
      case 2 -> new Pairs(Noise.noise(2, 4, 4), Noise.noise(2, 4, 4), random.nextBoolean());
      default -> Noise.noise(1 + random.nextInt(2), 4, 4);
    };
  }

  /** Ends with layers that fit often, so that checks of whole recipes are reached. */
  private Gan gan() {
    Data data = data();
    Layer[] maker =
        data.sampleShape().rank() == 1
            ? new Layer[] {Flatten.flatten(), Dense.dense(2)}
            : new Layer[] {
              Flatten.flatten(),
              Dense.dense(data.sampleShape().elements()),
              Reshape.reshape(data.sampleShape().dims())
            };
    Gan gan =
        Gan.named("extreme")
            .data(data)
            .generator(
                g ->
                    g.latent(size())
                        .norm(WeightNormalization.weightNorm())
                        .layers(layers(2, 3).toArray(Layer[]::new))
                        .layers(maker))
            .discriminator(
                d ->
                    d.packing(random.nextInt(4) == 0 ? size() : 1)
                        .norm(Bssn.bssn(2))
                        .layers(layers(3, 3).toArray(Layer[]::new))
                        .layers(Flatten.flatten(), Dense.dense(1)));
    for (int i = 0; i < 3; i++) {
      gan.block("b" + i, layers(3, 2).toArray(Layer[]::new));
    }
    return gan.train(
            Train.train()
                .steps(size())
                .batch(size())
                .generatorBatch(size())
                .discriminatorSteps(size())
                .accumulate(size()))
        .output(Output.output().sampleCount(size()).keepCheckpoints(size()));
  }

  @Property(tries = 3000)
  void plansOrRefuses(@ForAll long seed) {
    random = new Random(seed);
    wild = random.nextInt(3) == 0 ? 50 : 2;
    assertTimeoutPreemptively(
        AT_ONCE,
        () -> {
          try {
            GamePlan plan = GamePlan.of(gan().build());
            PLANNED.incrementAndGet();
            assertTrue(Double.isFinite(StepFlops.of(plan)) && StepFlops.of(plan) >= 0);
            plan.networks().forEach(n -> assertTrue(n.parameterCount() >= 0));
            Lints.check(plan);
          } catch (RecipeException e) {
            REFUSED.incrementAndGet();
            e.problems()
                .forEach(
                    problem -> {
                      assertFalse(problem.path().isEmpty(), problem.text());
                      assertFalse(problem.text().contains("\n"), problem.text());
                    });
          }
        });
  }

  /** A generator that only makes nonsense, or none, would show nothing. */
  @AfterContainer
  static void bothHappened() {
    assertTrue(PLANNED.get() > 20, "planned " + PLANNED);
    assertTrue(REFUSED.get() > 1000, "refused " + REFUSED);
  }
}
