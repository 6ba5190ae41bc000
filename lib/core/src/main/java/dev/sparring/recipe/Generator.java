package dev.sparring.recipe;

import dev.sparring.init.FanRule;
import dev.sparring.init.Initializer;
import dev.sparring.layer.Layer;
import dev.sparring.norm.None;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network that generates samples from noise.
 *
 * @param latent number of noise values from which a sample is generated
 * @param noise the distribution of the noise
 * @param init the initializer of every weight for which neither its layer nor its kind has one, or
 *     null for the convention's
 * @param biasInit the initializer of every bias of a linear map, or null for the convention's; a
 *     scaling initializer uses the weight's fans
 * @param initByKind initializers for single kinds of layers
 * @param fans how the scaling initializers count fan-in and fan-out, or null for the convention's
 *     rule
 * @param norm the normalization of every weight whose layer has none of its own
 * @param layers the layers, in the order of the forward pass
 */
public record Generator(
    int latent,
    Latent noise,
    @Nullable Initializer init,
    @Nullable Initializer biasInit,
    InitByKind initByKind,
    @Nullable FanRule fans,
    WeightNorm norm,
    List<Layer> layers)
    implements NetworkSpec {
  /** Copies the layers. */
  public Generator {
    Require.atLeast("latent", latent, 1);
    layers = List.copyOf(layers);
  }

  /** 128 noise values from N(0, 1), weights and biases by the convention, not normalized. */
  @Defaults
  public static Generator generator(List<Layer> layers) {
    return new Generator(
        128, Latent.NORMAL, null, null, InitByKind.initByKind(), null, None.none(), layers);
  }
}
