package dev.sparring.eval;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Data;
import dev.sparring.data.DataSets;
import dev.sparring.data.Digits;
import dev.sparring.data.Edges;
import dev.sparring.data.Noise;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.extract.Extractor;
import dev.sparring.extract.ExtractorException;
import dev.sparring.metric.Features;
import dev.sparring.random.Seed;
import dev.sparring.recipe.ClassifierFeatures;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.Evaluate;
import dev.sparring.recipe.Generator;
import dev.sparring.recipe.NetworkFeatures;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduledEvaluationTest {
  private static final Evaluate PIXELS = Evaluate.evaluate().every(400).samples(6);

  @Test
  void columnsAreNamedAfterTheExtractor() {
    assertEquals(List.of(), ScheduledEvaluation.figures(recipe(Digits.digits(), null)));
    assertEquals(
        List.of(
            "frechet_distance.pixels",
            "kernel_distance.pixels",
            "kernel_distance_std.pixels",
            "precision.pixels",
            "recall.pixels",
            "density.pixels",
            "coverage.pixels"),
        ScheduledEvaluation.figures(recipe(Digits.digits(), PIXELS)));
    assertEquals(
        List.of("modes_hit", "high_quality", "reverse_kl", "reverse_kl_high_quality"),
        ScheduledEvaluation.figures(
            recipe(Ring.ring(), PIXELS.extractor(ClassifierFeatures.classifier()))));
  }

  /** CycleGAN is trained without pairs, and measured with pairs if there are some. */
  @Test
  void pairsCountWhereSamplesAreCompared() {
    Data pairs = Edges.edges(Digits.digits());
    Data unmatched = Pairs.pairs(pairs, Digits.digits()).matched(false);
    List<String> ofPairs = List.of("pair_l1.pixels", "pair_l2.pixels");
    List<String> trainedWithout =
        ScheduledEvaluation.figures(recipe(unmatched, PIXELS.data(pairs)));
    assertEquals(ofPairs, trainedWithout.subList(7, trainedWithout.size()));
    assertEquals(7, ScheduledEvaluation.figures(recipe(unmatched, PIXELS)).size());
    assertEquals(7, ScheduledEvaluation.figures(recipe(pairs, PIXELS.data(unmatched))).size());
  }

  @Test
  void isDueAtTheIntervalAndAtTheLastStep() {
    ScheduledEvaluation evaluation = evaluation(new Counting());
    assertFalse(evaluation.isDue(1));
    assertTrue(evaluation.isDue(800));
    assertFalse(evaluation.isDue(999));
    assertTrue(evaluation.isDue(1000));
  }

  @Test
  void whatWasOpenedIsClosedInTheEnd() {
    Counting extractor = new Counting();
    ScheduledEvaluation evaluation = evaluation(extractor);
    assertEquals(0, extractor.closed.get());
    evaluation.ended();
    assertEquals(1, extractor.closed.get());
  }

  @Test
  void whatCannotBeMeasuredIsFoundWithoutAnEngine() {
    assertDoesNotThrow(() -> check(Digits.digits(), null));
    assertDoesNotThrow(() -> check(Digits.digits(), PIXELS));
    assertDoesNotThrow(
        () -> check(Digits.digits(), PIXELS.extractor(ClassifierFeatures.classifier())));
    // Points are measured by modes, whatever this setting is.
    assertDoesNotThrow(
        () -> check(Ring.ring(), PIXELS.samples(2).extractor(ClassifierFeatures.classifier())));

    assertEquals(
        "images are measured by their 5 nearest neighbours, so there must be at least 6 real and"
            + " generated ones, got 5",
        refusal(Digits.digits(), PIXELS.samples(5)));
    assertEquals(
        "data 'noise' has no labels; the extractor classifier needs some: use pixels or a file",
        refusal(Noise.noise(1, 8, 8), PIXELS.extractor(ClassifierFeatures.classifier())));
    assertEquals(
        "samples of shape (3, 33, 32) have 3168 numbers; the extractor pixels takes at most 3072",
        refusal(Noise.noise(3, 33, 32), PIXELS));
    Evaluate missing = PIXELS.extractor(NetworkFeatures.network("none.onnx", "unit"));
    assertEquals(
        "none.onnx: nothing on the class path reads .onnx files; add the artifact"
            + " sparring-onnxruntime",
        assertThrows(ExtractorException.class, () -> check(Digits.digits(), missing)).getMessage());
  }

  /** Held-out data must have the shapes of the training data, including sources. */
  @Test
  void heldOutDataHasToFit() {
    Data pairs = Edges.edges(Digits.digits().size(16));
    assertEquals(
        "evaluate.data: has samples of (1, 8, 8) with sources of (1, 8, 8), the training data has"
            + " (1, 16, 16) with sources of (1, 16, 16)",
        refusal(pairs, PIXELS.data(Edges.edges(Digits.digits()))));
    assertEquals(
        "evaluate.data: has samples of (1, 16, 16), the training data has (1, 16, 16) with sources"
            + " of (1, 16, 16)",
        refusal(pairs, PIXELS.data(Digits.digits().size(16))));
    check(pairs, PIXELS.data(Edges.edges(Digits.digits().size(16)).threshold(0.1)));
  }

  @Test
  void pairsAreCompared() {
    List<String> figures =
        ScheduledEvaluation.figures(recipe(Edges.edges(Digits.digits()), PIXELS));
    assertTrue(figures.containsAll(List.of("pair_l1.pixels", "pair_l2.pixels")), figures::toString);
    assertFalse(
        ScheduledEvaluation.figures(recipe(Digits.digits(), PIXELS)).contains("pair_l1.pixels"));
  }

  private static String refusal(Data data, Evaluate settings) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> check(data, settings)).getMessage());
  }

  private static void check(Data data, @Nullable Evaluate settings) {
    ScheduledEvaluation.check(recipe(data, settings), data.open(new Seed(1), line -> {}));
  }

  private static ScheduledEvaluation evaluation(Extractor extractor) {
    return new ScheduledEvaluation(
        recipe(Digits.digits(), PIXELS),
        PIXELS,
        extractor,
        DataSets.of(Shape.of(1), new float[] {0}, null),
        null,
        line -> {});
  }

  private static Recipe recipe(Data data, @Nullable Evaluate settings) {
    return Recipe.recipe(
            data, Generator.generator(List.of()), Discriminator.discriminator(List.of()))
        .evaluate(settings);
  }

  private static final class Counting implements Extractor {
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public String id() {
      return "counting";
    }

    @Override
    public String conditions() {
      return "none";
    }

    @Override
    public Features features(float[] samples, Shape sample) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
