package dev.sparring.plan;

import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Layer;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Shape;
import java.util.stream.Stream;

/**
 * A batch normalization that sees one number of each channel in a batch, of which there is no
 * variance.
 *
 * @param place where the recipe has it, e.g. {@code generator.layers.2}
 * @param layer the normalization
 * @param input what one sample is before it
 * @param setting the setting that is too small, e.g. {@code train.batch}
 * @param least what the setting would have to be
 */
public record DegenerateBatchNorm(
    String place, Layer layer, Shape input, String setting, long least) {
  /**
   * Those of a network; a stack's are found once.
   *
   * @param samples how many of the batch's samples are one input of the network: 1, or the packing
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
