package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sees that numbers stay finite, and finds out where they stopped being so. */
final class Sentinel {
  private Sentinel() {}

  /**
   * Lets a finite loss pass.
   *
   * @param looks the passes that went into the loss, asked for only if it is not finite; each
   *     answers with the first layer whose output is not finite, or with an empty text
   * @throws DivergedException naming the first weight, else the first layer's output, that is not
   *     finite
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

  /** Lets finite weights pass. */
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
   * Looks at a pass again in evaluation mode, since a training pass would move statistics and
   * vectors.
   *
   * @param place where to note the first layer whose output is not finite, if it is empty still
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
