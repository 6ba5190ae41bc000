package dev.sparring.diagnose;

import dev.sparring.train.Detector;
import dev.sparring.train.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of a network explode: the norm of a weight's gradient is above 1e4, or a thousand times
 * its median over the last hundred measurements, if there are at least three. Medians below 0.1
 * count as 0.1. Reported once for each weight, and again only after its gradient has been below in
 * between; one text lists all weights that are reported at a step.
 */
final class GradientsExplode implements Detector {
  private static final double TIMES = 1000;

  /**
   * Growth from smaller norms is normal: the network begins to learn, or the discriminator had won.
   * Healthy runs of the samples have norms of 0.01 to 10.
   */
  private static final double ORDINARY = 0.1;

  /** A thousand times the largest norm in healthy runs of the samples. */
  private static final double HUGE = 1e4;

  private static final int LEAST = 3;
  private static final int MOST = 100;

  private final String network;
  private final List<Weights.Weight> weights;
  private final List<Norms> norms;

  GradientsExplode(String network, List<Weights.Weight> weights) {
    this.network = network;
    this.weights = weights;
    norms = weights.stream().map(w -> new Norms()).toList();
  }

  @Override
  public List<String> hear(Step step) {
    List<Weights.Weight> exploding = new ArrayList<>();
    double largest = 0;
    String than = "";
    for (int i = 0; i < weights.size(); i++) {
      Double norm = step.figures().get(Figure.GRAD_NORM.column(weights.get(i).path()));
      String growth = norm == null ? null : norms.get(i).explosion(norm);
      if (norm == null || growth == null) {
        continue;
      }
      // The largest one is named first.
      exploding.add(norm > largest ? 0 : exploding.size(), weights.get(i));
      if (norm > largest) {
        largest = norm;
        than = growth;
      }
    }
    if (exploding.isEmpty()) {
      return List.of();
    }
    return List.of(
        String.format(
            Locale.ROOT,
            "gradients explode at %s: their norm is %.1e%s; try a normalization of D's weights such"
                + " as sn, a lower learning rate, clipNorm, or smaller initial weights",
            Wording.of(exploding, network, weights.size()),
            largest,
            than));
  }

  /** Earlier gradient norms of one weight. */
  private static final class Norms {
    private final Deque<Double> last = new ArrayDeque<>();
    private boolean exploding;

    /**
     * Adds a measurement.
     *
     * @return null unless an explosion begins; else a description of the earlier norm, or an empty
     *     text if it does not matter
     */
    @Nullable String explosion(double norm) {
      double median = last.size() < LEAST ? Double.POSITIVE_INFINITY : median();
      boolean grown = norm > TIMES * Math.max(ORDINARY, median);
      boolean was = exploding;
      exploding = grown || norm > HUGE;
      last.add(norm);
      if (last.size() > MOST) {
        last.remove();
      }
      if (was || !exploding) {
        return null;
      }
      return grown ? String.format(Locale.ROOT, ", up from a median of %.1e", median) : "";
    }

    private double median() {
      List<Double> sorted = last.stream().sorted().toList();
      return sorted.get(sorted.size() / 2);
    }
  }
}
