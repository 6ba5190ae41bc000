package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks that numbers are finite, and finds the first place where they are not. */
final class Sentinel {
  private Sentinel() {}

  /**
   * Checks that a loss is finite.
   *
   * @param looks the passes that went into the loss, used only if it is not finite; each returns
   *     the first layer whose output is not finite, or an empty text
   * @throws DivergedException with the first weight that is not finite, or else the first layer
   *     whose output is not
   */
  static void check(
      long step, String figure, double value, List<Player> players, Supplier<String> looks) {
    if (Double.isFinite(value)) {
      return;
    }
    checkWeights(step, players);
    String place = looks.get();
    String where = place.isEmpty() ? "" : ", first in the output of " + place;
    throw new DivergedException(step, place, figure + " is " + value + where);
  }

  /** Checks that weights are finite. */
  static void checkWeights(long step, List<Player> players) {
    for (Player player : players) {
      List<String> bad = player.network().notFinite();
      if (!bad.isEmpty()) {
        throw new DivergedException(
            step, bad.get(0), bad.get(0) + " is not finite any more" + others(bad.size() - 1));
      }
    }
  }

  private static String others(int n) {
    return n == 0 ? "" : ", nor are " + n + " more parameters";
  }

  /**
   * Repeats a pass in evaluation mode, because a training pass would change statistics and vectors.
   *
   * @param place receives the first layer whose output is not finite, if it is still empty
   */
  static Tensor watch(Network network, Tensor input, @Nullable Tensor labels, StringBuilder place) {
    return network.forward(
        input,
        network.parameters(),
        PassOptions.evaluation(new Seed(0), 0).labels(labels),
        (layer, output) -> {
          if (place.isEmpty() && !Double.isFinite(output.times(0).sum().item())) {
            place.append(layer.path()).append(" (").append(layer.layer().summary()).append(")");
          }
        });
  }
}
