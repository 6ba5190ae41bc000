package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.data.ImageFolder;
import dev.sparring.data.Noise;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.GaussianNoise;
import dev.sparring.layer.GlobalSumPool;
import dev.sparring.layer.Layer;
import dev.sparring.layer.PadRule;
import dev.sparring.layer.Padding;
import dev.sparring.layer.PixelShuffle;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.SelfAttention;
import dev.sparring.layer.Upsample;
import dev.sparring.loss.OrthogonalRegularization;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Evaluate;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Shape;
import dev.sparring.train.StepFlops;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes that overflow, or that no array holds, are one line with their place in the recipe. */
class SizeChecksTest {
  private static final int HUGE = Integer.MAX_VALUE;
  private static final String ARRAY = " are more numbers than fit into an array, 2147483639";

  private static Gan gan(int latent, Layer... judge) {
    return Gan.named("test")
        .data(Noise.noise(1, 8, 8))
        .generator(g -> g.latent(latent).layers(Dense.dense(64), Reshape.reshape(1, 8, 8)))
        .discriminator(d -> d.layers(judge).layers(GlobalSumPool.globalSumPool(), Dense.dense(1)));
  }

  private static Gan trained(Train train) {
    return gan(2).train(train);
  }

  private static void refused(String expected, Gan gan) {
    assertEquals(
        expected, assertThrows(RecipeException.class, () -> GamePlan.of(gan.build())).getMessage());
  }

  @Test
  void batches() {
    Train train = Train.train();
    refused(
        "train.batch: 100000000 samples of (1, 8, 8)"
            + ARRAY
            + "; at most 33554431 are possible"
            + " here",
        trained(train.batch(100_000_000)));
    refused(
        "train.generatorBatch: 2147483647 samples of (1, 8, 8)"
            + ARRAY
            + "; at most 33554431 are possible here",
        trained(train.generatorBatch(HUGE)));
    refused(
        "train.batch: 8388608 inputs of the generator of (256)"
            + ARRAY
            + "; at most 8388607 are possible here",
        gan(256).train(train.batch(8_388_608)));
    GamePlan.of(trained(train.batch(33_554_431)).build());
  }

  @Test
  void labels() {
    Gan gan =
        Gan.named("test")
            .data(Ring.ring().modes(100_000))
            .generator(g -> g.latent(2).layers(ConcatLabels.concatLabels(), Dense.dense(2)))
            .discriminator(d -> d.layers(ConcatLabels.concatLabels(), Dense.dense(1)));
    refused(
        "train.batch: 30000 labels of 100000 classes" + ARRAY + "; at most 21474 are possible here",
        gan.train(Train.train().batch(30_000)));
  }

  @Test
  void packs() {
    refused(
        "discriminator.packing: 2147483647 samples of 64 numbers are more than fit into an array,"
            + " 2147483639; it must be <= 33554431",
        packed(HUGE));
    refused(
        "train.batch: 64 samples make no whole number of packs of 33554431", packed(33_554_431));
  }

  private static Gan packed(int packing) {
    return gan(2)
        .discriminator(
            d -> d.packing(packing).layers(GlobalSumPool.globalSumPool(), Dense.dense(1)));
  }

  @Test
  void packsOfBothDirections() {
    Gan both =
        Gan.named("test")
            .data(new Pairs(Noise.noise(3, 8, 8), Noise.noise(1, 8, 8), false))
            .generator(g -> g.layers(Conv.conv(1)))
            .discriminator(
                d -> d.packing(20_000_000).layers(GlobalSumPool.globalSumPool(), Dense.dense(1)));
    assertEquals(
        "generator.layers.0: in the backward direction the generator makes (1, 8, 8) of samples,"
            + " but a source of the data is (3, 8, 8)",
        assertThrows(RecipeException.class, () -> GamePlan.of(both.build())).getMessage());
  }

  @Test
  void batchesOfRandomNumbersInLayers() {
    refused(
        "train.batch: 3000000 samples need more random numbers than fit into an array, 2147483639,"
            + " in discriminator.layers.1 (dropout 0.5 of (64, 8, 8))",
        gan(2, Conv.conv(64), Dropout.dropout()).train(Train.train().batch(3_000_000)));
    refused(
        "train.generatorBatch: 3000000 samples need more random numbers than fit into an array,"
            + " 2147483639, in discriminator.layers.1 (noise 0.1 of (64, 8, 8))",
        gan(2, Conv.conv(64), GaussianNoise.noise(0.1))
            .train(Train.train().generatorBatch(3_000_000)));
  }

  @Test
  void picturesAndMeasurements() {
    refused(
        "output.sampleCount: 2147483648 samples of (1, 8, 8)"
            + ARRAY
            + "; at most 33554431 are possible here",
        gan(2).output(Output.output().sampleCount(HUGE)));
    refused(
        "output.sampleCount: a picture of 25000000 samples of (1, 8, 8) has more numbers than fit"
            + " into an array, 2147483639; take fewer",
        gan(2).output(Output.output().sampleCount(25_000_000)));
    refused(
        "evaluate.samples: 50048 inputs of the generator of (60000)"
            + ARRAY
            + "; at most 35791 are possible here",
        gan(60_000).evaluate(Evaluate.evaluate().samples(50_000)));
    GamePlan.of(gan(2).output(Output.output().keepCheckpoints(HUGE)).build());
  }

  @Test
  void samplesOfTheData() {
    Gan large = gan(2).data(new Shaped(Shape.of(3, 100_000, 100_000)));
    refused(
        "data: a sample of (3, 100000, 100000) has more numbers than fit into an array, 2147483639;"
            + " take smaller ones",
        large);
    assertEquals(
        "modes must be between 1 and 1000000, got 2147483647",
        assertThrows(IllegalArgumentException.class, () -> Ring.ring().modes(HUGE)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> ImageFolder.imageFolder("x", HUGE));
  }

  /** Data of a user's, of any shape. */
  private record Shaped(Shape sampleShape) implements Data {
    @Override
    public DataSet open(Seed seed, Consumer<String> log) {
      throw new IllegalStateException("only planned");
    }
  }

  @Test
  void matricesOfRegularization() {
    Gan wide = gan(2, Conv.conv(50_000)).terms(OrthogonalRegularization.orthogonalRegularization());
    GamePlan.of(wide.build()); // the generator's weights only
    refused(
        "terms.0: compares each of the 50000 outputs of discriminator.layers.0 with each, which are"
            + " more pairs than fit into an array, 2147483639",
        gan(2, Conv.conv(50_000))
            .terms(
                OrthogonalRegularization.orthogonalRegularization()
                    .network(OrthogonalRegularization.Side.BOTH)));
  }

  @Test
  void countersOfARun() {
    refused(
        "train: steps * updates in a step * accumulate * batch are 633825299228670985622609985472"
            + " samples, more than can be counted, 9223372036854775807",
        trained(Train.train().steps(HUGE).discriminatorSteps(HUGE).accumulate(HUGE).batch(64)));
    refused(
        "train.accumulate: is 1000001, and an update has 1000000 batches at most",
        trained(Train.train().accumulate(1_000_001)));
    Train most = Train.train().steps(HUGE).discriminatorSteps(HUGE).batch(1);
    GamePlan plan = GamePlan.of(trained(most).build());
    assertEquals(true, Double.isFinite(StepFlops.of(plan)) && StepFlops.of(plan) > 0);
  }

  /** Layers whose output, weights or states overflow. */
  static List<Layer> overflowing() {
    return List.of(
        Upsample.upsample(1 << 29),
        Upsample.upsample(65_536),
        Upsample.upsample(HUGE),
        PixelShuffle.pixelShuffle(HUGE),
        Padding.pad(HUGE),
        Conv.conv(HUGE),
        Conv.conv(8).kernel(HUGE).padding(HUGE),
        Conv.conv(1).kernel(HUGE).pad(PadRule.SAME),
        Conv.conv(1).kernel(3).padding(HUGE),
        ConvTranspose.convTranspose(1).stride(HUGE).padding(0),
        ConvTranspose.convTranspose(1).stride(1 << 29).padding(0),
        ConvTranspose.convTranspose(1).kernel(46_341).padding(0),
        ConvTranspose.convTranspose(1).kernel(HUGE).stride(65_536).padding(0),
        ConvTranspose.convTranspose(1).stride(HUGE).pad(PadRule.SAME));
  }

  @ParameterizedTest
  @MethodSource("overflowing")
  void layers(Layer layer) {
    refused(
        "discriminator.layers.0: "
            + layer.summary()
            + " has more numbers than fit into an array, 2^31",
        gan(2, layer));
  }

  @Test
  void strides() {
    // A stride whose square overflows; the fan-in is that of one tap in stride^2.
    NetworkPlan plan =
        GamePlan.of(
                gan(
                        2,
                        Reshape.reshape(64, 1, 1),
                        ConvTranspose.convTranspose(1).kernel(2).stride(65_536).padding(0))
                    .build())
            .discriminator();
    double fanIn =
        plan.weighted().findFirst().orElseThrow().weight().orElseThrow().weight().fans().in();
    assertEquals(64 * 4 / Math.pow(2, 32), fanIn);
    Layer padded = Conv.conv(1).stride(HUGE).padding(HUGE);
    assertEquals(Shape.of(1, 3, 3), padded.outputShape(Shape.of(1, 8, 8)));
    Layer wide = Conv.conv(1).stride(HUGE).pad(PadRule.SAME);
    assertEquals(Shape.of(1, 1, 1), wide.outputShape(Shape.of(1, 8, 8)));
  }

  @Test
  void attention() {
    refused(
        "discriminator.layers.1: selfAttention has more numbers than fit into an array, 2^31",
        gan(
            2,
            Upsample.upsample(64),
            SelfAttention.selfAttention().reduction(1).valueReduction(1)));
  }

  @Test
  void flatteningIsExact() {
    refused(
        "discriminator.layers.0: upsample *6000 has more numbers than fit into an array, 2^31",
        gan(2, Upsample.upsample(6_000), Flatten.flatten(), Reshape.reshape(1, 1, 1)));
  }
}
