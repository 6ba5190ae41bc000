package dev.sparring.metric;

import static dev.sparring.metric.FeaturesTest.refuses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.metric.InceptionScore.Protocol;
import dev.sparring.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InceptionScoreTest {
  private static Features probabilities(long seed, int rows, int classes, double scale) {
    return Samples.normal(seed, rows, classes, 0, scale).softmax();
  }

  @Property(tries = 200)
  void isFromOneToTheNumberOfClassesOrOfSamplesInASplit(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 12) int classes,
      @ForAll @IntRange(min = 1, max = 7) int splits,
      @ForAll @IntRange(max = 300) int scale) {
    Protocol protocol = Protocol.standard().splits(Math.min(splits, rows));
    double score = InceptionScore.of(probabilities(seed, rows, classes, scale), protocol).mean();
    int perSplit = (rows + protocol.splits() - 1) / protocol.splits();
    assertTrue(score >= 1 - 1e-12, () -> "score " + score);
    assertTrue(score <= Math.min(classes, perSplit) + 1e-9, () -> "score " + score);
  }

  @Test
  void isTheNumberOfClassesForSureAndEvenPredictions() {
    Features p =
        Features.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1}, 3);
    assertEquals(3, InceptionScore.of(p, Protocol.standard().splits(1)).mean(), 1e-14);
    InceptionScore two = InceptionScore.of(p, Protocol.standard().splits(2).inOrder());
    assertEquals(3, two.mean(), 1e-14);
    assertEquals(0, two.deviation().getAsDouble(), 1e-14);
  }

  @Test
  void isOneWhereEveryPredictionIsTheSame() {
    Features p = Features.of(new double[] {0.2, 0.8, 0.2, 0.8, 0.2, 0.8}, 2);
    assertEquals(1, InceptionScore.of(p, Protocol.standard().splits(1)).mean(), 1e-14);
  }

  /** A softmax of distant logits gives the smallest positive numbers. */
  @Test
  void theSmallestProbabilitiesCountAsNothing() {
    Features p = Features.of(new double[] {1, Double.MIN_VALUE, 1, 0}, 2);
    assertEquals(1, InceptionScore.of(p, Protocol.standard().splits(1)).mean(), 1e-14);
  }

  /** Samples sorted by class leave each split one class unless they are shuffled. */
  @Test
  void theOrderIsAChoice() {
    double[] sorted = new double[400];
    for (int i = 0; i < 200; i++) {
      sorted[2 * i + (i < 100 ? 0 : 1)] = 1;
    }
    Features p = Features.of(sorted, 2);
    Protocol inOrder = Protocol.standard().inOrder();
    assertEquals(1, InceptionScore.of(p, inOrder).mean(), 1e-14);
    double shuffled = InceptionScore.of(p).mean();
    assertTrue(shuffled > 1.9, () -> "score " + shuffled);
    assertEquals(shuffled, InceptionScore.of(p).mean());
    assertNotEquals(
        shuffled, InceptionScore.of(p, Protocol.standard().shuffled(new Seed(1))).mean());
  }

  @Test
  void standardProtocol() {
    assertEquals(new Protocol(10, Optional.of(new Seed(0))), Protocol.standard());
    assertEquals(Protocol.standard(), InceptionScore.of(probabilities(1, 10, 2, 1)).protocol());
  }

  @Test
  void theResultTellsEverythingAboutItself() {
    InceptionScore one =
        new InceptionScore(
            2.5, OptionalDouble.empty(), 40, 50, Protocol.standard().splits(1).inOrder());
    assertEquals(Map.of("inception_score", 2.5), one.figures());
    assertEquals(
        "inception_score 2.50000 (40 samples, 50 classes, splits 1 in order, std ddof 0); warning:"
            + " a split of 40 samples cannot score above 40 of 50 classes",
        one.toString());
    InceptionScore ten =
        new InceptionScore(2.5, OptionalDouble.of(0.25), 40, 4, Protocol.standard());
    assertEquals(
        "inception_score 2.50000, inception_score_std 0.250000 (40 samples, 4 classes, splits 10"
            + " shuffled by seed 0, std ddof 0)",
        ten.toString());
    assertEquals(List.of(), ten.warnings());
  }

  @Test
  void refusals() {
    refuses(
        "inception score: 10 splits need at least as many samples, got 9",
        () -> InceptionScore.of(probabilities(1, 9, 3, 1)));
    refuses("inception score: splits must be >= 1, got 0", () -> Protocol.standard().splits(0));
    Protocol one = Protocol.standard().splits(1);
    refuses(
        "inception score: the probabilities of row 1 add up to 3.0, not to 1 (logits need a softmax)",
        () -> InceptionScore.of(Features.of(new double[] {0.5, 0.5, 1, 2}, 2), one));
    refuses(
        "inception score: row 0, class 1 has probability -0.5; it must be >= 0",
        () -> InceptionScore.of(Features.of(new double[] {1.5, -0.5}, 2), one));
  }
}
