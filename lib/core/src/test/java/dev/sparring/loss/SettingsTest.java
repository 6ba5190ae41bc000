package dev.sparring.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.augment.Color;
import dev.sparring.augment.Cutout;
import dev.sparring.augment.InstanceNoise;
import dev.sparring.augment.Translation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors for invalid settings, and properties of losses. */
class SettingsTest {
  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal(
            "realTarget must be in (0, 1], got 0.0",
            () -> NonSaturating.nonSaturating().realTarget(0)),
        refusal("realTarget must be in (0, 1], got 1.1", () -> Minimax.minimax().realTarget(1.1)),
        refusal(
            "fakeTarget must be finite, got NaN",
            () -> LeastSquares.leastSquares().fakeTarget(Double.NaN)),
        refusal("eps must be > 0, got 0.0", () -> LogProbability.logProbability(0)),
        refusal(
            "discriminator must be > 0, got -1.0",
            () -> WeightedLoss.weighted(Hinge.hinge()).discriminator(-1)),
        refusal(
            "relativisticAverage compares scores for a plain loss, not for weighted; put weighted"
                + " around relativisticAverage",
            () -> RelativisticAverage.relativisticAverage(WeightedLoss.weighted(Hinge.hinge()))),
        refusal(
            "relativisticAverage compares scores for a plain loss, not for another"
                + " relativisticAverage",
            () ->
                RelativisticAverage.relativisticAverage(
                    RelativisticAverage.relativisticAverage(Hinge.hinge()))),
        refusal("weight must be > 0, got 0.0", () -> GradientPenalty.gradientPenalty(0)),
        refusal("spread must be > 0, got -0.5", () -> Dragan.dragan().spread(-0.5)),
        refusal("gamma must be > 0, got 0.0", () -> R1.r1().gamma(0)),
        refusal("every must be >= 1, got 0", () -> R2.r2().every(0)),
        refusal("limit must be > 0, got -0.0", () -> ClipWeights.clipWeights(-0.0)),
        refusal(
            "weight must be > 0, got -1.0",
            () -> OrthogonalRegularization.orthogonalRegularization().weight(-1)),
        refusal("ratio must be in [0, 1], got 1.5", () -> Translation.translation(1.5)),
        refusal("ratio must be in [0, 1], got NaN", () -> Cutout.cutout(Double.NaN)),
        refusal("contrast must be >= 0, got -0.1", () -> Color.color().contrast(-0.1)),
        refusal("std must be > 0, got 0.0", () -> InstanceNoise.instanceNoise().std(0)),
        refusal("until must be >= 1, got 0", () -> InstanceNoise.instanceNoise().until(0)));
  }

  private static Arguments refusal(String text, Executable wrong) {
    return Arguments.of(text, wrong);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void meaningless(String text, Executable wrong) {
    assertEquals(text, assertThrows(IllegalArgumentException.class, wrong).getMessage());
  }

  @Test
  void weightedLossesAreWhatTheyWeigh() {
    Loss compares = RelativisticAverage.relativisticAverage(Wasserstein.wasserstein());
    assertTrue(WeightedLoss.weighted(compares).comparesWithReal());
    assertFalse(WeightedLoss.weighted(compares).isBoundedBelow());
    assertFalse(WeightedLoss.weighted(compares).wantsProbabilities());
    Loss probabilities = LogProbability.logProbability();
    assertFalse(WeightedLoss.weighted(probabilities).comparesWithReal());
    assertTrue(WeightedLoss.weighted(probabilities).isBoundedBelow());
    assertTrue(WeightedLoss.weighted(probabilities).wantsProbabilities());
  }
}
