package dev.sparring.diagnose;

import dev.sparring.data.Grid;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.layer.Dense;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.Wasserstein;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Gan;
import dev.sparring.train.Detector;
import dev.sparring.train.Finding;
import dev.sparring.train.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Feeds steps to a detector and keeps its findings. */
final class Hearing {
  private final List<Detector> detectors;
  private final List<Finding> findings = new ArrayList<>();

  private Hearing(List<Detector> detectors) {
    this.detectors = detectors;
  }

  static Hearing of(Detector detector) {
    return new Hearing(List.of(detector));
  }

  /** All detectors of a training with this loss and the networks of {@link #plan}. */
  static Hearing all(Loss loss) {
    return new Hearing(Detectors.of(plan(loss)));
  }

  /** All detectors of a game with a backward direction. */
  static Hearing backwardDirection() {
    GamePlan plan =
        GamePlan.of(
            Gan.named("heard")
                .data(Pairs.pairs(Ring.ring(), Grid.grid()).matched(false))
                .generator(g -> g.layers(Dense.dense(2)))
                .discriminator(d -> d.layers(Dense.dense(1)))
                .loss(Wasserstein.wasserstein())
                .build());
    return new Hearing(Detectors.of(plan));
  }

  Hearing step(long number, Map<String, Double> figures) {
    for (Detector detector : detectors) {
      detector
          .hear(new Step(number, 0, figures))
          .forEach(t -> findings.add(new Finding(number, t)));
    }
    return this;
  }

  /** Each step from one to another with the same figures. */
  Hearing steps(long first, long last, Map<String, Double> figures) {
    for (long i = first; i <= last; i++) {
      step(i, figures);
    }
    return this;
  }

  /** All findings so far. */
  List<String> said() {
    return findings.stream().map(Finding::toString).toList();
  }

  /** The steps of all findings so far. */
  List<Long> when() {
    return findings.stream().map(Finding::step).toList();
  }

  /** A generator with weights of 8 and 4 elements, and a discriminator with 200, 500 and 5. */
  static GamePlan plan() {
    return plan(NonSaturating.nonSaturating());
  }

  private static GamePlan plan(Loss loss) {
    return GamePlan.of(
        Gan.named("heard")
            .data(Ring.ring())
            .generator(
                g -> g.latent(4).layers(Dense.dense(2), LeakyRelu.leakyRelu(), Dense.dense(2)))
            .discriminator(
                d ->
                    d.layers(
                        Dense.dense(100),
                        LeakyRelu.leakyRelu(),
                        Dense.dense(5),
                        LeakyRelu.leakyRelu(),
                        Dense.dense(1)))
            .loss(loss)
            .build());
  }
}
