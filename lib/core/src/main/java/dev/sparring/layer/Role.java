package dev.sparring.layer;

/** What a parameter is for, which decides its initializer. */
public enum Role {
  /** A linear map's weight: drawn by the layer's or the network's initializer. */
  WEIGHT,
  /**
   * A linear map's bias: drawn by the network's bias initializer, which is zeros unless it says.
   */
  BIAS,
  /** A normalization's factor: starts at one unless the layer or the network says otherwise. */
  SCALE,
  /** A normalization's shift: starts at zero. */
  SHIFT,
  /** A factor that lets a branch in little by little: starts at zero. */
  GATE
}
