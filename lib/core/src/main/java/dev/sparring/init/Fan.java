package dev.sparring.init;

/** Whether activations or gradients keep their variance. */
public enum Fan {
  /** Fan-in: activations keep their variance in the forward pass. */
  IN,
  /** Fan-out: gradients keep their variance in the backward pass. */
  OUT;

  double count(Fans fans) {
    return this == IN ? fans.in() : fans.out();
  }
}
