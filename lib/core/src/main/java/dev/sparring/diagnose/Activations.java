package dev.sparring.diagnose;

import dev.sparring.layer.Relu;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Tanh;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What part of an activation's output has next to no gradient. */
final class Activations {
  /** At 0.99 the slope of tanh is 0.02, that of sigmoid 0.01. */
  private static final double NEAR = 0.01;

  private Activations() {}

  /**
   * The figure of a layer: {@link Figure#SATURATED} of bounded activations, {@link Figure#DEAD} of
   * ReLU; others have none.
   */
  static Optional<Figure> figure(PlannedLayer layer) {
    if (layer.layer() instanceof Tanh || layer.layer() instanceof Sigmoid) {
      return Optional.of(Figure.SATURATED);
    }
    return layer.layer() instanceof Relu ? Optional.of(Figure.DEAD) : Optional.empty();
  }

  /** The columns of a network's activations. */
  static List<String> columns(NetworkPlan network) {
    return network.everyLayer().stream().flatMap(Activations::column).toList();
  }

  /** The column of a layer, or none. */
  static Stream<String> column(PlannedLayer layer) {
    return figure(layer).map(f -> f.column(layer.path())).stream();
  }

  /** The value of the layer's figure for a batch of its outputs. */
  static double share(PlannedLayer layer, Tensor output) {
    if (layer.layer() instanceof Relu) {
      return dead(output);
    }
    double low = layer.layer() instanceof Tanh ? -1 : 0;
    float[] values = output.toFloats();
    int saturated = 0;
    for (float value : values) {
      saturated += value > 1 - NEAR || value < low + NEAR ? 1 : 0;
    }
    return (double) saturated / values.length;
  }

  private static double dead(Tensor output) {
    // No output is negative, so a sum of 0 says that all are 0.
    Tensor sums = output.shape().rank() == 4 ? output.sum(0, 2, 3) : output.sum(0);
    float[] units = sums.toFloats();
    int dead = 0;
    for (float unit : units) {
      dead += unit == 0 ? 1 : 0;
    }
    return (double) dead / units.length;
  }
}
