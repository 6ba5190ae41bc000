package dev.sparring.diagnose;

import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import java.util.List;

/** The weights of a network, without biases and the scales of normalizations. */
final class Weights {
  private Weights() {}

  /** A weight and its layer. */
  record Weight(PlannedLayer layer, PlannedParameter parameter) {
    String path() {
      return parameter.path();
    }

    int elements() {
      return parameter.parameter().shape().elements();
    }

    boolean isNormalized() {
      return !layer.norm().isIdentity();
    }

    /** Its layer in words, e.g. {@code discriminator.0 (conv 64 3x3)}. */
    String place() {
      return layer.path() + " (" + layer.layer().summary() + ")";
    }
  }

  static List<Weight> of(NetworkPlan plan) {
    return plan.weighted().map(l -> new Weight(l, l.weight().orElseThrow())).toList();
  }
}
