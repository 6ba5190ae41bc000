package dev.sparring.recipe;

import dev.sparring.init.FanRule;
import dev.sparring.init.Initializer;
import dev.sparring.layer.Layer;
import dev.sparring.norm.WeightNorm;
import java.util.List;

/** What generator and discriminator have in common: layers, and how their weights begin. */
public sealed interface NetworkSpec permits Generator, Discriminator {
  /** The initializer of every weight for which neither its layer nor its kind has one. */
  Initializer init();

  /** Initializers for single kinds of layers. */
  InitByKind initByKind();

  /** What the scaling initializers count as fan-in and fan-out. */
  FanRule fans();

  /** The normalization of every weight whose layer has none of its own. */
  WeightNorm norm();

  /** The layers, in the order of the forward pass. */
  List<Layer> layers();
}
