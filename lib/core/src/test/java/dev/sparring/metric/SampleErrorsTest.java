package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.statistics.ClopperPearson;
import dev.sparring.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
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
    assertEquals(6, found.size());
  }

  /** Each group left out in turn, with neighbours looked for anew. */
  @Test
  void densitiesWithoutGroupsAreThoseOfTheOtherSamples() {
    Features real = Samples.normal(1, 70, 3, 0, 1);
    Features fake = Samples.normal(1001, 90, 3, 0.5, 1);
    JackknifeGroups ofReal = JackknifeGroups.of(new Seed(7), 0, 70);
    JackknifeGroups ofFake = JackknifeGroups.of(new Seed(7), 1, 90);
    double[] expected = new double[JackknifeGroups.GROUPS];
    for (int g = 0; g < expected.length; g++) {
      Features some = real.select(ofReal.without(g));
      expected[g] =
          NeighborMetrics.between(some, fake.select(ofFake.without(g)), 3, 5)
              .densityCoverage()
              .density();
    }
    for (Products products : List.of(Products.plain(), new RoughProducts())) {
      double[] found = new DensityWithout(real, fake, ofReal, ofFake, 5).densities(products);
      assertArrayEquals(expected, found, 1e-12);
    }
  }

  /** All neighbours that are kept are of the group that is left out. */
  @Test
  void neighboursOfOneGroupAreLookedBeyond() {
    double[] values = new double[60];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < 30 ? i * 1e-3 : 10 + i * i;
    }
    Features real = Features.of(values, 1);
    int[] group = new int[60];
    for (int i = 0; i < group.length; i++) {
      group[i] = i < 30 ? 0 : 1 + i % (JackknifeGroups.GROUPS - 1);
    }
    // One of the crowd is of another group, so all but it are left out about it.
    group[15] = 1;
    JackknifeGroups groups = new JackknifeGroups(group);
    Features fake = Samples.normal(1, 60, 1, 5, 30);
    double expected =
        NeighborMetrics.between(
                real.select(groups.without(0)), fake.select(groups.without(0)), 3, 5)
            .densityCoverage()
            .density();
    assertEquals(
        expected,
        new DensityWithout(real, fake, groups, groups, 5).densities(Products.plain())[0],
        1e-12);
  }

  /** The error that one sample gives is that of many samples of the same distributions. */
  @Test
  void intervalsOfDensityAndMongeDistanceAreAsWideAsTheFiguresVary() {
    List<double[]> density = new ArrayList<>();
    List<double[]> monge = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Features real = Samples.normal(i, 200, 3, 0, 1);
      Features fake = Samples.normal(1000 + i, 200, 3, 0.3, 0.9);
      NeighborMetrics found = NeighborMetrics.between(real, fake);
      MongeDistance distance = MongeDistance.between(real, fake, 20, 5, Products.plain());
      Map<String, Interval> all =
          SampleErrors.of(real, fake, found, Products.plain(), 3)
              .and(distance, real, fake, Products.plain())
              .intervals();
      density.add(of(found.densityCoverage().density(), all.get("density")));
      monge.add(of(distance.value(), all.get("monge_distance")));
    }
    assertCovers(density);
    assertCovers(monge);
  }

  private static double[] of(double figure, Interval interval) {
    return new double[] {figure, interval.low(), interval.high()};
  }

  /** Of intervals about the mean of the figures, some 95 of 100 do. */
  private static void assertCovers(List<double[]> all) {
    double mean = all.stream().mapToDouble(one -> one[0]).average().orElseThrow();
    double half = all.stream().mapToDouble(one -> (one[2] - one[1]) / 2).average().orElseThrow();
    double squares = all.stream().mapToDouble(one -> Math.pow(one[0] - mean, 2)).sum();
    double error = Math.sqrt(squares / (all.size() - 1));
    long covered = all.stream().filter(one -> one[1] <= mean && mean <= one[2]).count();
    // Student's t with 19 degrees of freedom is 2.09.
    String widths = half / 2.09 + " for an error of " + error + ", " + covered + " cover";
    assertTrue(half / 2.09 > 0.7 * error && half / 2.09 < 1.4 * error, widths);
    assertTrue(covered >= 0.85 * all.size(), widths);
  }

  @Test
  void theMongeDistanceOfEachPartIsThatOfItsSamples() {
    Features real = Samples.normal(1, 60, 3, 0, 1);
    Features fake = Samples.normal(1001, 60, 3, 0.5, 1);
    MongeDistance all = MongeDistance.between(real, fake, 12, 5, Products.plain());
    double[] without = all.withoutGroups(real, fake, Products.plain());
    JackknifeGroups ofReal = JackknifeGroups.of(new Seed(5), 10, 60);
    JackknifeGroups ofFake = JackknifeGroups.of(new Seed(5), 11, 60);
    for (int g = 0; g < without.length; g++) {
      MongeDistance part =
          MongeDistance.between(
              real.select(ofReal.without(g)),
              fake.select(ofFake.without(g)),
              12,
              5,
              Products.plain());
      assertEquals(part.value(), without[g], 1e-12);
    }
  }

  /** The mean of n numbers has Student's interval, which leaving out single ones gives. */
  @Test
  void pairsHaveStudentsInterval() {
    float[] made = new float[40];
    for (int i = 0; i < made.length; i++) {
      made[i] = (i % 7) / 10f;
    }
    PairDistance found = PairDistance.between(made, new float[40], 40);
    Interval interval = plain().and(found, made, new float[40]).intervals().get("pair_l1");
    double mean = found.absolute();
    double squares = 0;
    for (float value : made) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt(squares / 39 / 40);
    // Student's t with 39 degrees of freedom.
    assertEquals(mean - 2.0227 * error, interval.low(), 1e-5);
    assertEquals(mean + 2.0227 * error, interval.high(), 1e-5);
  }

  private static SampleErrors plain() {
    return of(Samples.normal(1, 40, 3), Samples.normal(2, 40, 3));
  }

  /** Of 500 samples of four unequal classes, many times. */
  @Test
  void intervalsOfDivergencesCoverTheirMean() {
    double[] shares = {0.1, 0.5, 0.8, 1};
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RandomStream random = new Seed(i).stream("classes");
      int[] counts = new int[4];
      for (int n = 0; n < 500; n++) {
        double at = random.uniform();
        int label = 0;
        while (at >= shares[label]) {
          label++;
        }
        counts[label]++;
      }
      ModeCoverage found = new ModeCoverage(Histogram.list(counts), List.of(1, 0, 0, 0), 1, 3);
      Map<String, Interval> intervals = SampleErrors.of(found).intervals();
      assertFalse(intervals.containsKey("modes_hit"));
      assertFalse(intervals.containsKey("reverse_kl_high_quality"));
      all.add(of(found.reverseKl(), intervals.get("reverse_kl")));
    }
    assertCovers(all);
  }

  @Test
  void classesHaveIntervalsButTheirCount() {
    RandomStream random = new Seed(1).stream("classes");
    double[] logits = new double[300 * 3];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = 2 * random.gaussian();
    }
    Features probabilities = Features.of(logits, 3).softmax();
    int[] labels = new int[300];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 4 % 3;
    }
    ClassifierScore score = ClassifierScore.of(probabilities);
    SampleErrors found = plain().and(ClassCoverage.of(labels, 3), score, probabilities, 3);
    Map<String, Interval> intervals = found.intervals();
    assertTrue(intervals.get("classifier_score").contains(score.score().mean()));
    double width = intervals.get("classifier_score").high() - score.score().mean();
    // The splits' own deviation, of a tenth of the samples each.
    double ofSplits = score.score().deviation().orElseThrow() / 3;
    assertTrue(width > ofSplits && width < 4 * ofSplits, width + " " + ofSplits);
    assertTrue(intervals.containsKey("class_reverse_kl"));
    assertFalse(intervals.containsKey("classes_hit"));
    assertTrue(found.conditions().contains("none of classes_hit"));
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
