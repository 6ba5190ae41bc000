package dev.sparring.init;

/** Which direction a rule preserves the variance of. */
public enum Fan {
  /** Activations, going forwards. */
  IN,
  /** Gradients, going backwards. */
  OUT;

  double count(Fans fans) {
    return this == IN ? fans.in() : fans.out();
  }
}
