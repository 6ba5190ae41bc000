package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.augment.Flip;
import dev.sparring.data.Data;
import dev.sparring.data.Digits;
import dev.sparring.data.Edges;
import dev.sparring.data.Grid;
import dev.sparring.data.Jittered;
import dev.sparring.data.Noise;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Block;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Stack;
import dev.sparring.loss.LogProbability;
import dev.sparring.loss.Reconstruction;
import dev.sparring.loss.RelativisticAverage;
import dev.sparring.loss.WeightedLoss;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Evaluate;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.GeneratorStatistics;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of recipes whose parts do not fit together. */
class RecipeChecksTest {
  private static Gan points(int packing, Layer... judge) {
    return Gan.named("test")
        .data(Ring.ring())
        .generator(g -> g.latent(2).layers(Dense.dense(2)))
        .discriminator(d -> d.packing(packing).layers(judge));
  }

  private static Gan images(Data data, Layer... judge) {
    return Gan.named("test")
        .data(data)
        .generator(g -> g.latent(2).layers(Dense.dense(16), Reshape.reshape(1, 4, 4)))
        .discriminator(d -> d.layers(judge));
  }

  private static String refusal(Gan gan) {
    return String.valueOf(
        assertThrows(RecipeException.class, () -> GamePlan.of(gan.build())).getMessage());
  }

  @Test
  void batchesAreWholeNumbersOfPacks() {
    Gan gan = points(4, Dense.dense(1)).train(Train.train().batch(10).generatorBatch(6));
    assertEquals(
        "train.batch: 10 samples make no whole number of packs of 4\n"
            + "train.generatorBatch: 6 samples make no whole number of packs of 4",
        refusal(gan));
    GamePlan.of(points(4, Dense.dense(1)).train(Train.train().batch(12).generatorBatch(8)).build());
  }

  @Test
  void statisticsOfSamplesHaveToBeKept() {
    Recipe recipe = points(1, Dense.dense(1)).build();
    Evaluate averaged = Evaluate.evaluate().statistics(GeneratorStatistics.AVERAGED);
    assertEquals(
        "evaluate.statistics: averaged statistics are kept by an average: write ema: { statistics:"
            + " averaged }",
        assertThrows(RecipeException.class, () -> GamePlan.of(recipe.evaluate(averaged)))
            .getMessage());
    GamePlan.of(recipe.evaluate(averaged.statistics(GeneratorStatistics.STANDING)));
    GamePlan.of(
        points(1, Dense.dense(1))
            .ema(Ema.ema().statistics(GeneratorStatistics.AVERAGED))
            .build()
            .evaluate(averaged));
    Gan gan =
        Gan.named("edges")
            .data(Edges.edges(Noise.noise(1, 4, 4)))
            .generator(g -> g.layers(Conv.conv(1)))
            .discriminator(d -> d.layers(Conv.conv(1)))
            .ema(Ema.ema().statistics(GeneratorStatistics.STANDING));
    assertEquals(
        "ema.statistics: standing statistics are of generators from noise, this one's input is"
            + " images: write own",
        refusal(gan));
  }

  /** With alwaysBatch a single number for each channel is allowed. */
  @Test
  void batchNormByBatchesAlwaysMayBeAlone() {
    Layer[] judge = {Dense.dense(3), BatchNorm.batchNorm().alwaysBatch(true), Dense.dense(1)};
    GamePlan.of(points(4, judge).train(Train.train().batch(4)).build());
  }

  @Test
  void simultaneousUpdatesAreOneOfEach() {
    Train train = Train.train().generatorSteps(3);
    assertEquals(
        "simultaneous order is one update of each player, discriminatorSteps is 1 and"
            + " generatorSteps 3; set both to 1, or take another order",
        assertThrows(IllegalArgumentException.class, () -> train.order(UpdateOrder.SIMULTANEOUS))
            .getMessage());
  }

  /** A batch of four is one pack of four. */
  @Test
  void batchNormNeedsMoreThanOnePack() {
    String refused =
        "discriminator.layers.1: batchNorm has one number for each channel of (3) in a batch of"
            + " 1; ";
    Layer[] judge = {Dense.dense(3), BatchNorm.batchNorm(), Dense.dense(1)};
    assertEquals(
        refused + "train.batch must be >= 8",
        refusal(points(4, judge).train(Train.train().batch(4))));
    assertEquals(
        refused + "train.generatorBatch must be >= 8",
        refusal(points(4, judge).train(Train.train().batch(8).generatorBatch(4))),
        "the generator's batch is judged too");
    GamePlan.of(points(4, judge).train(Train.train().batch(8)).build());
  }

  @Test
  void reconstructionNeedsPairs() {
    assertEquals(
        "terms.0: needs data that comes in pairs, to compare samples with",
        refusal(points(1, Dense.dense(1)).terms(Reconstruction.reconstruction())));
  }

  @Test
  void pairsAreOfOneBatch() {
    Gan gan =
        Gan.named("test")
            .data(Pairs.pairs(Noise.noise(3, 4, 4), Noise.noise(1, 4, 4)))
            .generator(g -> g.layers(Conv.conv(1)))
            .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
            .terms(Reconstruction.reconstruction());
    GamePlan plan = GamePlan.of(gan.train(Train.train().batch(8)).build());
    assertEquals("(4, 4, 4)", plan.discriminator().input().toString());
    GamePlan.of(gan.train(Train.train().batch(8).generatorBatch(8)).build());
    assertEquals(
        "train.generatorBatch: in paired data both networks use the same batches: leave it out",
        refusal(gan.train(Train.train().batch(8).generatorBatch(4))));
    Gan unmatched =
        Gan.named("test")
            .data(Pairs.pairs(Noise.noise(1, 4, 4), Noise.noise(1, 4, 4)).matched(false))
            .generator(g -> g.layers(Conv.conv(1)))
            .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)));
    GamePlan.of(unmatched.train(Train.train().batch(8).generatorBatch(8)).build());
    assertEquals(
        "train.generatorBatch: in paired data both networks use the same batches: leave it out",
        refusal(unmatched.train(Train.train().batch(8).generatorBatch(4))));
  }

  @Test
  void pointsAreMeasuredByModesAlone() {
    Gan gan = points(1, Dense.dense(1));
    GamePlan.of(gan.evaluate(Evaluate.evaluate()).build());
    assertEquals(
        "evaluate.data: points are measured by the modes of the training data, not against"
            + " other data: leave it out",
        refusal(gan.evaluate(Evaluate.evaluate().data(Grid.grid()))));
  }

  @Test
  void heldOutDataIsLikeWhatIsTrainedOn() {
    Gan gan =
        Gan.named("test")
            .data(Edges.edges(Digits.digits()))
            .generator(g -> g.layers(Conv.conv(1)))
            .discriminator(d -> d.layers(Conv.conv(1)));
    assertEquals(
        "evaluate.data: has samples of (1, 9, 9) with sources of (1, 9, 9), the training data has"
            + " (1, 8, 8) with sources of (1, 8, 8)",
        refusal(gan.evaluate(Evaluate.evaluate().data(Edges.edges(Digits.digits().size(9))))));
    assertEquals(
        "evaluate.data: edges are drawn of images (C, H, W), got samples of (2)",
        refusal(gan.evaluate(Evaluate.evaluate().data(Edges.edges(Ring.ring())))));
  }

  @Test
  void dataWithoutAShapeHasAPlace() {
    assertEquals(
        "data: edges are drawn of images (C, H, W), got samples of (2)",
        refusal(images(Edges.edges(Ring.ring()), Dense.dense(1))));
    assertEquals(
        "data: jittered images of 5 x 5 are parts of larger ones, got (1, 4, 4)",
        refusal(images(Jittered.jittered(Noise.noise(1, 4, 4), 5), Dense.dense(1))));
  }

  @Test
  void pointsCannotBeMirrored() {
    assertEquals(
        "augment.0: needs images (C, H, W), got (2)",
        refusal(points(1, Dense.dense(1)).augment(Flip.flip())));
  }

  @Test
  void aLossOnProbabilitiesNeedsASigmoid() {
    assertEquals(
        "loss: takes probabilities, but the discriminator ends in dense 1; put a sigmoid after"
            + " it, or use nonSaturating, which is the same on scores",
        refusal(points(1, Dense.dense(1)).loss(LogProbability.logProbability())));
    assertEquals(
        "loss: takes probabilities, but the discriminator ends in stack of 2; put a sigmoid"
            + " after it, or use nonSaturating, which is the same on scores",
        refusal(
            points(1, Dense.dense(1), Stack.stack(2, Sigmoid.sigmoid(), Dense.dense(1)))
                .loss(WeightedLoss.weighted(LogProbability.logProbability()).discriminator(0.5))));
  }

  @Test
  void aSigmoidMayStandInsideOrBeforeAFlatten() {
    LogProbability loss = LogProbability.logProbability();
    GamePlan.of(points(1, Dense.dense(1), Sigmoid.sigmoid()).loss(loss).build());
    GamePlan.of(
        images(Noise.noise(1, 4, 4), Conv.conv(1), Sigmoid.sigmoid(), Flatten.flatten())
            .loss(loss)
            .build());
    GamePlan.of(
        points(1, Block.block("end"))
            .block("end", Dense.dense(1), Stack.stack(1, Sigmoid.sigmoid()))
            .loss(loss)
            .build());
  }

  @Test
  void lossesThatCompareScoresTakeScores() {
    assertEquals(
        "relativisticAverage compares scores, but its loss takes probabilities; use nonSaturating",
        assertThrows(
                IllegalArgumentException.class,
                () -> RelativisticAverage.relativisticAverage(LogProbability.logProbability()))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void generatorBatchAndReusedNoiseAreOne(int batch) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Train.train().batch(8).reuseNoise(true).generatorBatch(batch));
    assertEquals(
        batch == 0
            ? "generatorBatch must be >= 1, got 0"
            : "reuseNoise gives the generator the discriminator's 8 samples, generatorBatch says 7",
        e.getMessage());
  }
}
