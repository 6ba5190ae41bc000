package dev.sparring.recipe;

import dev.sparring.init.FanRule;
import dev.sparring.init.Initializer;
import dev.sparring.layer.Layer;
import dev.sparring.loss.DiscriminatorOutput;
import dev.sparring.norm.None;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network that tells real samples from generated ones; its last layer outputs raw scores.
 *
 * @param packing number of samples that are scored together as one input, concatenated along
 *     channels or features (PacGAN: Lin, Khetan, Fanti and Oh, arXiv:1712.04086); a batch of n
 *     samples is n / packing inputs
 * @param pool size of the history of generated samples; about half of those shown to the
 *     discriminator are drawn from it (image pool: Shrivastava et al., arXiv:1612.07828, section
 *     2.3; 50 in CycleGAN); 0 for none
 * @param output what is made of its scores before losses and terms see them, or null for the scores
 *     themselves
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
public record Discriminator(
    int packing,
    int pool,
    @Nullable DiscriminatorOutput output,
    @Nullable Initializer init,
    @Nullable Initializer biasInit,
    InitByKind initByKind,
    @Nullable FanRule fans,
    WeightNorm norm,
    List<Layer> layers)
    implements NetworkSpec {
  /** Checks the number, copies the layers. */
  public Discriminator {
    Require.atLeast("packing", packing, 1);
    Require.between("pool", pool, 0, 10_000);
    layers = List.copyOf(layers);
  }

  /** One sample at a time, weights and biases by the convention, not normalized. */
  @Defaults
  public static Discriminator discriminator(List<Layer> layers) {
    return new Discriminator(
        1, 0, null, null, null, InitByKind.initByKind(), null, None.none(), layers);
  }
}
