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
 * The network that tells real samples from made ones; its last layer gives raw scores.
 *
 * @param packing how many samples it judges together, their channels or features one after the
 *     other (PacGAN: Lin, Khetan, Fanti and Oh, arXiv:1712.04086); a batch is so many times fewer
 *     packs
 * @param pool how many made samples are remembered: of those that it sees, every other one is an
 *     earlier one (Shrivastava et al., arXiv:1612.07828, section 2.3; CycleGAN has 50); 0 for none
 * @param init the initializer of every weight for which neither its layer nor its kind has one, or
 *     null for the convention's
 * @param biasInit the initializer of every bias of a linear map, or null for the convention's; one
 *     that scales counts the weight's fans
 * @param initByKind initializers for single kinds of layers
 * @param fans what the scaling initializers count as fan-in and fan-out, or null for the
 *     convention's way
 * @param norm the normalization of every weight whose layer has none of its own
 * @param layers the layers, in the order of the forward pass
 */
public record Discriminator(
    int packing,
    int pool,
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
    return new Discriminator(1, 0, null, null, InitByKind.initByKind(), null, None.none(), layers);
  }
}
