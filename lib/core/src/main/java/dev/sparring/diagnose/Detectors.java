package dev.sparring.diagnose;

import dev.sparring.plan.DirectionPlan;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.train.Detector;
import java.util.ArrayList;
import java.util.List;

/** The detectors that suit a training. */
final class Detectors {
  private Detectors() {}

  static List<Detector> of(GamePlan plan) {
    List<Detector> all = new ArrayList<>();
    if (plan.recipe().loss().isBoundedBelow()) {
      all.add(new DiscriminatorWins());
    }
    all.add(new LossesStandStill());
    for (DirectionPlan direction : plan.directions()) {
      all.add(GeneratorCollapses.of(direction.isBackward()));
      all.add(new GeneratorOverwhelms(direction.isBackward()));
      all.add(new InitialBalance(direction.isBackward(), direction.generator().name()));
    }
    for (NetworkPlan network : plan.networks()) {
      List<Weights.Weight> weights = Weights.of(network);
      all.add(new GradientsVanish(network.name(), weights));
      all.add(new GradientsExplode(network.name(), weights));
    }
    return all;
  }
}
