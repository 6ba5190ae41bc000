package dev.sparring.plan;

/** Who decides how a parameter is drawn, or how a weight is normalized. */
public enum Origin {
  /** The layer itself, or the layer that made it. */
  LAYER,
  /** The network's {@code initByKind}, for all layers of one kind. */
  KIND,
  /** The network's {@code init}, {@code biasInit} or {@code norm}. */
  NETWORK,
  /** The recipe's convention, because the network says nothing. */
  CONVENTION,
  /** The normalization of the weight, which draws the weight itself or owns the parameter. */
  NORM,
  /** The default of such a parameter or weight, because the recipe does not set it. */
  DEFAULT
}
