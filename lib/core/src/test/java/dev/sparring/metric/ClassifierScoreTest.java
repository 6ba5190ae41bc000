package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifierScoreTest {
  /** exp of the mean divergence from (0.5, 0.3, 0.2), by hand. */
  @Test
  void itIsTheFormulaUnderItsOwnName() {
    Features p = Features.of(new double[] {0.7, 0.2, 0.1, 0.3, 0.4, 0.3}, 3);
    InceptionScore.Protocol one = InceptionScore.Protocol.standard().splits(1);
    double first = 0.7 * Math.log(1.4) + 0.2 * Math.log(2 / 3.0) + 0.1 * Math.log(0.5);
    double second = 0.3 * Math.log(0.6) + 0.4 * Math.log(4 / 3.0) + 0.3 * Math.log(1.5);
    ClassifierScore score = ClassifierScore.of(p, one);
    assertEquals(List.of("classifier_score"), List.copyOf(score.figures().keySet()));
    assertEquals(Math.exp((first + second) / 2), score.figures().get("classifier_score"), 1e-14);
    assertEquals(
        "2 samples, 3 classes, splits 1 shuffled by seed 0, std ddof 0", score.conditions());
    assertEquals(
        List.of("a split of 2 samples cannot score above 2 of 3 classes"), score.warnings());
    ClassifierScore two = ClassifierScore.of(p, one.splits(2));
    assertEquals(
        List.of("classifier_score", "classifier_score_std"), List.copyOf(two.figures().keySet()));
  }
}
