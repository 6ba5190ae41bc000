package dev.sparring.train;

import dev.sparring.network.Call;
import dev.sparring.network.Network;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees that numbers stay finite, and finds out where they stopped being so. */
final class Sentinel {
  private Sentinel() {}

  /**
   * Lets a finite loss pass.
   *
   * @param x real samples that went into the loss, or null
   * @param z noise that went into it
   * @throws DivergedException naming the first weight, else the first layer's output, that is not
   *     finite
   */
  static void check(
      long step, String figure, double value, Player g, Player d, @Nullable Tensor x, Tensor z) {
    if (Double.isFinite(value)) {
      return;
    }
    checkWeights(step, g, d);
    String place = firstBadOutput(g.network(), d.network(), x, z);
    String where = place.isEmpty() ? "" : ", first in the output of " + place;
    throw new DivergedException(step, place, figure + " is " + value + where);
  }

  /** Lets finite weights pass. */
  static void checkWeights(long step, Player... players) {
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

  private static String firstBadOutput(Network g, Network d, @Nullable Tensor x, Tensor z) {
    StringBuilder place = new StringBuilder();
    Tensor fake = watch(g, z, place);
    watch(d, fake, place);
    if (x != null) {
      watch(d, x, place);
    }
    return place.toString();
  }

  /** Looks again in evaluation mode, since a training pass would move statistics and vectors. */
  private static Tensor watch(Network network, Tensor input, StringBuilder place) {
    return network.forward(
        input,
        network.parameters(),
        Call.evaluation(),
        (layer, output) -> {
          if (place.isEmpty() && !Double.isFinite(output.times(0).sum().item())) {
            place.append(layer.path()).append(" (").append(layer.layer().summary()).append(")");
          }
        });
  }
}
