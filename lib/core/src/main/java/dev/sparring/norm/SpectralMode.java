package dev.sparring.norm;

/** What is done with a weight whose spectral norm is known. */
public enum SpectralMode {
  /** It is divided by its norm, whatever that is. */
  SCALE,
  /** It is divided only if its norm is above the limit, and stays as it is otherwise. */
  CLIP
}
