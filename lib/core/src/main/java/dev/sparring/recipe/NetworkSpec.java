package dev.sparring.recipe;

import dev.sparring.init.FanRule;
import dev.sparring.init.Initializer;
import dev.sparring.layer.Layer;
import dev.sparring.norm.WeightNorm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that generator and discriminator share: layers, and how their weights are
 * initialized.
 */
public sealed interface NetworkSpec permits Generator, Discriminator {
  /**
   * The initializer of every weight for which neither its layer nor its kind has one, or null for
   * the convention's.
   */
  @Nullable Initializer init();

  /** The initializer of every bias of a linear map, or null for the convention's. */
  @Nullable Initializer biasInit();

  /** Initializers for single kinds of layers. */
  InitByKind initByKind();

  /** How the scaling initializers count fan-in and fan-out, or null for the convention's rule. */
  @Nullable FanRule fans();

  /** The normalization of every weight whose layer has none of its own. */
  WeightNorm norm();

  /** The layers, in the order of the forward pass. */
  List<Layer> layers();
}
