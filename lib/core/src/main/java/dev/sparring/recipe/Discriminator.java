package dev.sparring.recipe;

import dev.sparring.init.FanRule;
import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.layer.Layer;
import dev.sparring.norm.None;
import dev.sparring.norm.WeightNorm;
import java.util.List;

/**
 * The network that tells real samples from made ones; its last layer gives raw scores.
 *
 * @param init the initializer of every weight for which neither its layer nor its kind has one
 * @param initByKind initializers for single kinds of layers
 * @param fans what the scaling initializers count as fan-in and fan-out
 * @param norm the normalization of every weight whose layer has none of its own
 * @param layers the layers, in the order of the forward pass
 */
public record Discriminator(
    Initializer init, InitByKind initByKind, FanRule fans, WeightNorm norm, List<Layer> layers)
    implements NetworkSpec {
  /** Copies the layers. */
  public Discriminator {
    layers = List.copyOf(layers);
  }

  /** Weights from N(0, 0.02), not normalized. */
  @Defaults
  public static Discriminator discriminator(List<Layer> layers) {
    return new Discriminator(
        Normal.normal(), InitByKind.initByKind(), FanRule.FORWARD, None.none(), layers);
  }
}
