package dev.sparring.lint;

import dev.sparring.layer.Activation;
import dev.sparring.layer.Composite;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Reshape;
import dev.sparring.loss.DiscriminatorOutput;
import dev.sparring.plan.GamePlan;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Searches in planned networks that rules share. */
final class Rows {
  private Rows() {}

  /** Both networks. */
  static Stream<NetworkPlan> networks(GamePlan plan) {
    return Stream.of(plan.generator(), plan.discriminator());
  }

  /** The sequences of layers of a network and of each branch inside it. */
  static List<List<PlannedLayer>> of(NetworkPlan network) {
    List<List<PlannedLayer>> rows = new ArrayList<>();
    rows.add(network.layers());
    network.layers().forEach(l -> l.branches().forEach(b -> rows.addAll(of(b))));
    return rows;
  }

  /** The next layer in a row that does more than reshape. */
  static Optional<Layer> behind(List<PlannedLayer> row, int index) {
    return row.subList(index + 1, row.size()).stream()
        .map(PlannedLayer::layer)
        .filter(l -> !(l instanceof Reshape) && !(l instanceof Flatten))
        .findFirst();
  }

  /** The activation directly after a layer, ignoring dropout and reshapes. */
  static Optional<Activation> activationBehind(List<PlannedLayer> row, int index) {
    return row.subList(index + 1, row.size()).stream()
        .map(PlannedLayer::layer)
        .filter(l -> !(l instanceof Reshape || l instanceof Flatten || l instanceof Dropout))
        .findFirst()
        .filter(Activation.class::isInstance)
        .map(Activation.class::cast);
  }

  /** The last layer that does more than reshape; empty for composites. */
  static Optional<PlannedLayer> last(NetworkPlan network) {
    for (int i = network.layers().size() - 1; i >= 0; i--) {
      PlannedLayer layer = network.layers().get(i);
      if (!(layer.layer() instanceof Reshape || layer.layer() instanceof Flatten)) {
        return layer.layer() instanceof Composite ? Optional.empty() : Optional.of(layer);
      }
    }
    return Optional.empty();
  }

  /** Places in one line, without duplicates. */
  static String places(List<PlannedLayer> layers) {
    return String.join(", ", layers.stream().map(PlannedLayer::place).distinct().toList());
  }

  /** The words of layers in one line, without duplicates. */
  static String words(List<PlannedLayer> layers) {
    return String.join(
        " and ", layers.stream().map(l -> Layer.word(l.layer())).distinct().toList());
  }

  /** Whether what losses see has a bounded slope at each sample. */
  static boolean boundsSlope(Recipe recipe) {
    DiscriminatorOutput output = recipe.discriminator().output();
    return output != null && output.boundsSlope();
  }
}
