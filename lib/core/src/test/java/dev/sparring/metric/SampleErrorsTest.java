package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.statistics.ClopperPearson;
import dev.sparring.statistics.Interval;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleErrorsTest {
  private static SampleErrors of(Features real, Features fake) {
    return SampleErrors.of(real, fake, NeighborMetrics.between(real, fake), Products.plain(), 3);
  }

  /** Jackknives of equal distributions are wide, so more than 95 of 100 do. */
  @Test
  void kernelIntervalsOfEqualDistributionsCoverZero() {
    int covered = 0;
    for (int i = 0; i < 100; i++) {
      SampleErrors found =
          of(Samples.normal(i, 60, 4, 0, 1), Samples.normal(1000 + i, 60, 4, 0, 1));
      covered += found.intervals().get("kernel_distance").contains(0) ? 1 : 0;
    }
    assertTrue(covered >= 95, covered + " of 100");
  }

  @Test
  void kernelIntervalsOfOtherDistributionsDoNot() {
    SampleErrors found = of(Samples.normal(1, 200, 4, 0, 1), Samples.normal(1001, 200, 4, 1, 1));
    assertTrue(found.intervals().get("kernel_distance").low() > 0);
  }

  /** N(0, I) and N(0.5, I) in 4 dimensions are at distance 1. */
  @Test
  void theDistanceOfInfinitelyManySamplesIsNearerToThatOfTheDistributions() {
    double infinite = 0;
    double finite = 0;
    int covered = 0;
    for (int i = 0; i < 30; i++) {
      Features real = Samples.normal(i, 120, 4, 0, 1);
      Features fake = Samples.normal(1000 + i, 120, 4, 0.5, 1);
      SampleErrors found = of(real, fake);
      double distance =
          FrechetDistance.between(GaussianMoments.of(real), GaussianMoments.of(fake)).value();
      infinite += found.figures().get("frechet_distance_infinite") / 30;
      finite += distance / 30;
      Interval interval = found.intervals().get("frechet_distance");
      assertTrue(interval.contains(distance));
      covered += interval.contains(1) ? 1 : 0;
    }
    assertTrue(finite > 1.08, "" + finite);
    assertEquals(1, infinite, 0.06);
    assertTrue(covered >= 25, covered + " of 30");
  }

  @Test
  void sharesHaveExactIntervals() {
    Features real = Samples.normal(1, 50, 3, 0, 1);
    Features fake = Samples.normal(1001, 60, 3, 0.5, 1);
    NeighborMetrics metrics = NeighborMetrics.between(real, fake);
    Map<String, Interval> found = of(real, fake).intervals();
    int inside = (int) Math.round(60 * metrics.precisionRecall().precision());
    assertEquals(ClopperPearson.interval(inside, 60, 0.95), found.get("precision"));
    int covered = (int) Math.round(50 * metrics.densityCoverage().coverage());
    assertEquals(ClopperPearson.interval(covered, 50, 0.95), found.get("coverage"));
    assertTrue(found.get("recall").contains(metrics.precisionRecall().recall()));
    assertEquals(5, found.size());
  }

  /** The estimate of all samples, in a group that leaves out nothing. */
  @Test
  void oneSubsetOfAllIsThePlainEstimate() {
    Features real = Samples.normal(1, 50, 3, 0, 1);
    Features fake = Samples.normal(1001, 50, 3, 0.5, 1);
    int[][] all = {IntStream.range(0, 50).toArray()};
    KernelDistance plain =
        KernelDistance.between(real, fake, KernelDistance.Protocol.standard().subsets(1).size(50));
    assertEquals(
        plain.mean(), KernelDistance.estimates(real, fake, all, all, Products.plain())[0], 1e-12);
  }

  @Test
  void tooFewSamplesAreRefusedOrSaid() {
    Features real = Samples.normal(1, 40, 30, 0, 1);
    SampleErrors found = of(real, Samples.normal(1001, 40, 30, 0, 1));
    assertTrue(found.figures().isEmpty());
    assertEquals(
        "no frechet_distance_infinite: halves of 40 samples for 30 features; it takes 62 samples",
        found.warnings().get(0));
    assertEquals(
        "intervals: there must be at least 40 real and generated samples, got 39",
        assertThrows(
                IllegalArgumentException.class,
                () -> of(Samples.normal(1, 39, 3, 0, 1), Samples.normal(1001, 50, 3, 0, 1)))
            .getMessage());
  }
}
