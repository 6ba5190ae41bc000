package dev.sparring.plan;

import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Layer;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Shape;
import java.util.stream.Stream;

/**
 * A batch normalization with one number for each channel in a batch, which has no variance.
 *
 * @param place its place in the recipe, e.g. {@code generator.layers.2}
 * @param layer the normalization
 * @param input the shape of one sample before it
 * @param setting the setting that is too small, e.g. {@code train.batch}
 * @param least the smallest value of the setting that would work
 */
public record DegenerateBatchNorm(
    String place, Layer layer, Shape input, String setting, long least) {
  /**
   * Those of a network; layers of a stack are found once.
   *
   * @param samples number of samples in one input of the network: 1, or the packing
   * @param train of a resolved recipe
   */
  public static Stream<DegenerateBatchNorm> in(NetworkPlan network, int samples, Train train) {
    int batch = train.batch();
    int smallest = Math.min(batch, train.generatorBatchOrDefault());
    if (smallest / samples != 1) {
      return Stream.of();
    }
    String setting = smallest < batch ? "train.generatorBatch" : "train.batch";
    return network.everyLayer().stream()
        .filter(l -> l.layer() instanceof BatchNorm || l.layer() instanceof ConditionalBatchNorm)
        .filter(l -> l.input().elements() == l.input().dim(0))
        .map(l -> new DegenerateBatchNorm(l.place(), l.layer(), l.input(), setting, 2L * samples))
        .distinct();
  }
}
