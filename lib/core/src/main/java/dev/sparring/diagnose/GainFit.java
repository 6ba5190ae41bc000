package dev.sparring.diagnose;

import dev.sparring.data.DataSet;
import dev.sparring.diagnose.Probe.LayerReading;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RunSeeds;
import dev.sparring.tensor.Engine;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Searches for one gain of a network's initializer with which gradients neither grow nor fall on
 * their way through it: at the output of its first layer with a weight, the gradient of the
 * network's own loss has the root mean square that it has at the last such layer before the output.
 *
 * @param data of the recipes
 * @param engine the engine that computes
 * @param seeds over which the logarithm of the ratio is averaged
 */
public record GainFit(DataSet data, Engine engine, List<RunSeeds> seeds) {
  /** The smallest and the largest gain are 1 / LARGEST and LARGEST. */
  private static final double LARGEST = 16;

  /** The logarithm of a ratio that is near enough to 1. */
  private static final double NEAR = 0.005;

  private static final int MOST = 40;

  /**
   * A gain.
   *
   * @param gain the gain
   * @param ratio of gradients with it, first by last
   * @param ratioOfOne the same with gain 1
   */
  public record Fitted(double gain, double ratio, double ratioOfOne) {}

  /** There is no such gain; the message says why. */
  public static final class NoGainException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoGainException(String message) {
      super(message);
    }
  }

  /**
   * Searches by bisection of the gain's logarithm.
   *
   * @param network {@code generator} or {@code discriminator}
   * @param with the plan with a gain of that network's initializer
   * @throws NoGainException if no gain from 1/16 to 16 does it
   */
  public Fitted fit(String network, DoubleFunction<GamePlan> with) {
    double low = -Math.log(LARGEST);
    double high = -low;
    double atLow = logRatio(network, with.apply(Math.exp(low)));
    double atHigh = logRatio(network, with.apply(Math.exp(high)));
    double atOne = logRatio(network, with.apply(1));
    if (Math.abs(atHigh - atLow) < NEAR) {
      throw new NoGainException(
          "the gain has no effect: norms divide it out, or layers have initializers of their own");
    }
    if (atLow * atHigh > 0 || Double.isNaN(atLow * atHigh)) {
      throw new NoGainException(
          String.format(
              Locale.ROOT,
              "no gain from 1/16 to 16 does it: the ratio goes from %.3g to %.3g",
              Math.exp(atLow),
              Math.exp(atHigh)));
    }
    for (int i = 0; i < MOST; i++) {
      double middle = (low + high) / 2;
      double there = logRatio(network, with.apply(Math.exp(middle)));
      if (Math.abs(there) < NEAR) {
        return new Fitted(Math.exp(middle), Math.exp(there), Math.exp(atOne));
      }
      if (there * atLow > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    throw new NoGainException("the ratio jumps over 1: it is no smooth function of the gain");
  }

  private double logRatio(String network, GamePlan plan) {
    Probe probe = new Probe(plan, data, engine);
    double sum = 0;
    for (RunSeeds seed : seeds) {
      List<LayerReading> weighted =
          probe.read(seed, null).stream()
              .filter(r -> r.layer().path().startsWith(network + "."))
              .filter(r -> r.layer().weight().isPresent())
              .toList();
      if (weighted.size() < 3) {
        throw new NoGainException(
            "it has "
                + weighted.size()
                + " layers with weights, and gradients are compared at the first and the last but"
                + " one of at least 3");
      }
      double first = weighted.get(0).gradient();
      double last = weighted.get(weighted.size() - 2).gradient();
      if (!(first > 0) || !(last > 0)) {
        throw new NoGainException("gradients are 0 at initialization");
      }
      sum += Math.log(first / last);
    }
    return sum / seeds.size();
  }
}
