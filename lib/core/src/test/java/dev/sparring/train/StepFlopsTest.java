package dev.sparring.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.Noise;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.Skip;
import dev.sparring.layer.Stack;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import org.junit.jupiter.api.Test;

/** Operations of a step against counts by hand. */
class StepFlopsTest {
  // Multiply-adds 3 * 8 = 24 and (2 * 2 * 2) inputs * 16 taps = 128.
  private static final Layer[] MAKER = {
    Dense.dense(8), Relu.relu(), Reshape.reshape(2, 2, 2), ConvTranspose.convTranspose(1)
  };
  // Multiply-adds (5 * 4 * 4) outputs * 9 taps = 720 and 80.
  private static final Layer[] JUDGE = {
    Conv.conv(5), Relu.relu(), Flatten.flatten(), Dense.dense(1)
  };
  private static final Train SINGLE = Train.train().batch(1);

  private static double flops(Layer[] maker, Layer[] judge, Train train) {
    Recipe recipe =
        Gan.named("test")
            .data(Noise.noise(1, 4, 4))
            .generator(g -> g.latent(3).layers(maker))
            .discriminator(d -> d.layers(judge))
            .train(train)
            .build();
    return StepFlops.of(GamePlan.of(recipe));
  }

  /**
   * By hand. Discriminator: generate 152; for the real and the generated sample, forward 800, by
   * weights 800, by the dense layer's input 80. Generator: generate 152, score 800, by the
   * discriminator's inputs 800, by the generator's weights 152, by the transposed convolution's
   * input 128.
   */
  @Test
  void oneUpdateEach() {
    double discriminator = 152 + 2 * (800 + 800 + 80);
    double generator = 152 + 800 + 800 + 152 + 128;
    assertEquals(2 * (discriminator + generator), flops(MAKER, JUDGE, SINGLE));
  }

  @Test
  void updatesAndBatches() {
    Train train = SINGLE.batch(7).discriminatorSteps(5).generatorSteps(3);
    assertEquals(2.0 * 7 * (5 * 3512 + 3 * 2032), flops(MAKER, JUDGE, train));
  }

  /** Packs of two: convolutions have two input channels, for half as many inputs. */
  @Test
  void packsAndBatchesOfTheirOwn() {
    Train train = SINGLE.batch(6).generatorBatch(4).accumulate(3);
    Recipe recipe =
        Gan.named("test")
            .data(Noise.noise(1, 4, 4))
            .generator(g -> g.latent(3).layers(MAKER))
            .discriminator(d -> d.packing(2).layers(JUDGE))
            .train(train)
            .build();
    double judge = 1440 + 80;
    double discriminator = 6 * 152 + 2 * 3 * (judge + judge + 80);
    double generator = 4 * (152 + 152 + 128) + 2 * (judge + judge);
    assertEquals(2.0 * 3 * (discriminator + generator), StepFlops.of(GamePlan.of(recipe)));
  }

  /** The dense layer's input is the data, which needs no gradient. */
  @Test
  void layersThatDoNotLearnAreNotTheFirst() {
    Layer[] judge = {Relu.relu(), Flatten.flatten(), Dense.dense(1)};
    double discriminator = 152 + 2 * (16 + 16);
    double generator = 152 + 16 + 16 + 152 + 128;
    assertEquals(2 * (discriminator + generator), flops(MAKER, judge, SINGLE));
  }

  /** The gradient reaches the normalization's scale through the dense layer's input. */
  @Test
  void normalizationLearnsToo() {
    Layer[] judge = {BatchNorm.batchNorm(), Flatten.flatten(), Dense.dense(1)};
    double discriminator = 152 + 2 * (16 + 16 + 16);
    double generator = 152 + 16 + 16 + 152 + 128;
    assertEquals(2 * (discriminator + generator), flops(MAKER, judge, SINGLE));
  }

  /**
   * Multiply-adds 144 twice in a row, 16 beside them and 16 after them: the first of the row and
   * the shortcut both have the data before them, which needs no gradient.
   */
  @Test
  void branchesDoNotLearnForEachOther() {
    Layer[] judge = {
      Residual.residual(Conv.conv(1), Relu.relu(), Conv.conv(1))
          .shortcut(Conv.conv(1).kernel(1).padding(0)),
      Flatten.flatten(),
      Dense.dense(1)
    };
    double all = 144 + 144 + 16 + 16;
    double discriminator = 152 + 2 * (all + all + (144 + 16));
    double generator = 152 + all + all + 152 + 128;
    assertEquals(2 * (discriminator + generator), flops(MAKER, judge, SINGLE));
  }

  /** After a layer that learns, everything inside a composite has a gradient by its input. */
  @Test
  void compositesBehindLayersThatLearn() {
    Layer[] judge = {
      BatchNorm.batchNorm(),
      Stack.stack(2, Skip.skip(Conv.conv(1)), Conv.conv(1)),
      Flatten.flatten(),
      Dense.dense(1)
    };
    double all = 2 * (144 + 288) + 16;
    double discriminator = 152 + 2 * (all + all + all);
    double generator = 152 + all + all + 152 + 128;
    assertEquals(2 * (discriminator + generator), flops(MAKER, judge, SINGLE));
  }
}
