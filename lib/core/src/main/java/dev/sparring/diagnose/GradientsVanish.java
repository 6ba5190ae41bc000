package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Gradients of a network have become so small that Adam ignores them: the root mean square of the
 * elements has been below Adam's default epsilon, 1e-8, in every measurement for a hundred steps,
 * and in at least two measurements. Reported once for each weight, and again only after its
 * gradient has been above in between; one text lists all weights that are reported at a step.
 */
final class GradientsVanish implements Detector {
  /** The default epsilon of Adam (Kingma and Ba, arXiv:1412.6980, algorithm 1). */
  private static final double UNSEEN = 1e-8;

  private static final int STEPS = 100;
  private static final int LOOKS = 2;

  private final String network;
  private final List<Weights.Weight> weights;
  private final List<Streak> unseen;

  GradientsVanish(String network, List<Weights.Weight> weights) {
    this.network = network;
    this.weights = weights;
    unseen = weights.stream().map(w -> new Streak(STEPS, LOOKS)).toList();
  }

  @Override
  public List<String> hear(Step step) {
    List<Weights.Weight> vanishing = new ArrayList<>();
    double largest = 0;
    for (int i = 0; i < weights.size(); i++) {
      Weights.Weight weight = weights.get(i);
      Double norm = step.figures().get(Figure.GRAD_NORM.column(weight.path()));
      if (norm == null) {
        continue;
      }
      double rms = norm / Math.sqrt(weight.elements());
      if (unseen.get(i).reached(step.number(), rms < UNSEEN)) {
        vanishing.add(weight);
        largest = Math.max(largest, rms);
      }
    }
    if (vanishing.isEmpty()) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "gradients vanish at %s: the root mean square of their elements is %s, and below %.0e"
                + " Adam hardly moves a weight; look at the scale of the initial weights, and at"
                + " whether D has won",
            Wording.of(vanishing, network, weights.size()),
            largest == 0 ? "0" : String.format(Locale.ROOT, "%.1e", largest),
            UNSEEN));
  }
}
