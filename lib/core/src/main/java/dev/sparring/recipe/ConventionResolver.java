package dev.sparring.recipe;

import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.BlockNorm;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.GroupNorm;
import dev.sparring.layer.InstanceNorm;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerNorm;
import dev.sparring.layer.PadRule;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.RmsProp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the settings that a recipe leaves to a convention. Settings that the recipe gives stay
 * as they are, so that a second call changes nothing.
 *
 * @param convention the defaults for settings that are open
 */
public record ConventionResolver(Conventions convention) {
  /** The recipe with the settings that its convention decides written out. */
  Recipe recipe(Recipe recipe) {
    return new Recipe(
        recipe.name(),
        recipe.conventions(),
        recipe.data(),
        recipe.blocks().stream()
            .map(b -> new BlockDefinition(b.name(), layers(b.layers())))
            .toList(),
        generator(recipe.generator()),
        discriminator(recipe.discriminator()),
        recipe.loss(),
        recipe.terms(),
        recipe.augment(),
        new Optimizers(
            optimizer(recipe.optimizer().generator()),
            optimizer(recipe.optimizer().discriminator())),
        recipe.train(),
        recipe.ema() == null ? null : recipe.ema().resolved(),
        recipe.divergence(),
        recipe.output(),
        recipe.evaluate());
  }

  /** A network with its initializers, fans and layers written out. */
  public NetworkSpec network(NetworkSpec spec) {
    return spec instanceof Generator g ? generator(g) : discriminator((Discriminator) spec);
  }

  private Generator generator(Generator g) {
    return new Generator(
        g.latent(),
        g.noise(),
        or(g.init(), convention.init()),
        or(g.biasInit(), convention.biasInit()),
        g.initByKind(),
        or(g.fans(), convention.fans()),
        g.norm(),
        layers(g.layers()));
  }

  private Discriminator discriminator(Discriminator d) {
    return new Discriminator(
        d.packing(),
        d.pool(),
        d.output(),
        or(d.init(), convention.init()),
        or(d.biasInit(), convention.biasInit()),
        d.initByKind(),
        or(d.fans(), convention.fans()),
        d.norm(),
        layers(d.layers()));
  }

  private List<Layer> layers(List<Layer> layers) {
    return layers.stream().map(this::layer).toList();
  }

  /** A layer with its own settings, and those of layers inside it, written out. */
  public Layer layer(Layer layer) {
    return Layer.deeply(layer, this::own);
  }

  /** A layer with its own settings written out; layers inside it are left as they are. */
  public Layer own(Layer layer) {
    if (layer instanceof BatchNorm b) {
      return b.eps(or(b.eps(), convention.batchNormEps()))
          .momentum(or(b.momentum(), convention.batchNormMomentum()));
    } else if (layer instanceof ConditionalBatchNorm b) {
      return b.eps(or(b.eps(), convention.batchNormEps()))
          .momentum(or(b.momentum(), convention.batchNormMomentum()));
    } else if (layer instanceof LayerNorm n) {
      return n.eps(or(n.eps(), convention.layerNormEps()));
    } else if (layer instanceof InstanceNorm n) {
      return n.eps(or(n.eps(), convention.instanceNormEps()));
    } else if (layer instanceof GroupNorm n) {
      return n.eps(or(n.eps(), convention.groupNormEps()));
    } else if (layer instanceof ResidualBlock b && b.normalize() != BlockNorm.NONE) {
      return b.eps(or(b.eps(), convention.batchNormEps()))
          .momentum(or(b.momentum(), convention.batchNormMomentum()));
    } else if (layer instanceof Conv c) {
      return c.padding() != null ? c : padded(c.pad(or(c.pad(), convention.pad())));
    } else if (layer instanceof ConvTranspose c) {
      return c.padding() != null ? c : padded(c.pad(or(c.pad(), convention.pad())));
    }
    return layer;
  }

  /** As explicit numbers where they do not depend on the image size. */
  private static Layer padded(Conv c) {
    return c.pad() == PadRule.SAME ? c : c.padding(c.border(1).front());
  }

  private static Layer padded(ConvTranspose c) {
    return c.pad() == PadRule.SAME ? c : c.padding(c.border().front());
  }

  /**
   * An optimizer with its epsilon, the place of epsilon in the formula, and its decay written out.
   */
  public Optimizer optimizer(Optimizer optimizer) {
    if (optimizer instanceof Adam a) {
      return a.eps(or(a.eps(), convention.adamEps()))
          .epsHat(or(a.epsHat(), convention.adamEpsHat()));
    } else if (optimizer instanceof AdamW a) {
      return a.eps(or(a.eps(), convention.adamEps()))
          .epsHat(or(a.epsHat(), convention.adamEpsHat()));
    } else if (optimizer instanceof RmsProp r) {
      return r.eps(or(r.eps(), convention.rmsPropEps()))
          .decay(or(r.decay(), convention.rmsPropDecay()))
          .epsInRoot(or(r.epsInRoot(), convention.rmsPropEpsInRoot()))
          .startAtOne(or(r.startAtOne(), convention.rmsPropStartAtOne()));
    }
    return optimizer;
  }

  private static <T> T or(@Nullable T written, T convention) {
    return written != null ? written : convention;
  }
}
