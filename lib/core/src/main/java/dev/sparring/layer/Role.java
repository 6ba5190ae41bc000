package dev.sparring.layer;

/** What a parameter is for, which decides its initializer. */
public enum Role {
  /** A linear map's weight: drawn by the layer's or the network's initializer. */
  WEIGHT,
  /** A linear map's bias: drawn by the network's bias initializer, by default zeros. */
  BIAS,
  /** A normalization's factor: starts at one unless the layer or the network sets another start. */
  SCALE,
  /** A normalization's shift: starts at zero. */
  SHIFT,
  /** A factor that blends a branch in gradually: starts at zero. */
  GATE
}
