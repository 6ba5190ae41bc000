package dev.sparring.diagnose;

import java.util.List;

/** Describes the places at which something was noticed. */
final class Wording {
  private Wording() {}

  /**
   * The places in words, e.g. {@code discriminator.0 (conv 64 3x3) and 2 more weights}.
   *
   * @param weights the weights, the one to name first; not empty
   * @param network their network's name
   * @param all number of weights in that network
   */
  static String of(List<Weights.Weight> weights, String network, int all) {
    if (weights.size() == all && all > 1) {
      return "every weight of the " + network;
    }
    int more = weights.size() - 1;
    String others = more == 0 ? "" : " and " + more + " more weight" + (more == 1 ? "" : "s");
    return weights.get(0).place() + others;
  }
}
