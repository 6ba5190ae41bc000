package dev.sparring.diagnose;

import dev.sparring.loss.Loss;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.train.Detector;
import java.util.ArrayList;
import java.util.List;

/** The detectors that suit a training. */
final class Detectors {
  private Detectors() {}

  static List<Detector> of(Loss loss, List<NetworkPlan> networks) {
    List<Detector> all = new ArrayList<>();
    if (loss.isBoundedBelow()) {
      all.add(new DiscriminatorWins());
    }
    all.add(new LossesStandStill());
    all.add(GeneratorCollapses.forth());
    if (Way.isBackAmong(networks)) {
      all.add(GeneratorCollapses.back());
    }
    for (NetworkPlan network : networks) {
      List<Weights.Weight> weights = Weights.of(network);
      all.add(new GradientsVanish(network.name(), weights));
      all.add(new GradientsExplode(network.name(), weights));
    }
    return all;
  }
}
