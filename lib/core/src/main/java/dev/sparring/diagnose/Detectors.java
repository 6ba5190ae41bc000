package dev.sparring.diagnose;

import dev.sparring.loss.Wasserstein;
import dev.sparring.network.Network;
import dev.sparring.train.Detector;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.List;

/** The detectors that suit a training. */
final class Detectors {
  private Detectors() {}

  static List<Detector> of(Training training) {
    List<Detector> all = new ArrayList<>();
    // That loss has no lower bound that it could be near.
    if (!(training.recipe().loss() instanceof Wasserstein)) {
      all.add(new DiscriminatorWins());
    }
    all.add(new LossesStandStill());
    all.add(new GeneratorCollapses());
    for (Network network : training.networks().values()) {
      List<Weights.Weight> weights = Weights.of(network.plan());
      all.add(new GradientsVanish(network.plan().name(), weights));
      weights.forEach(w -> all.add(new GradientsExplode(w.path(), w.place())));
    }
    return all;
  }
}
