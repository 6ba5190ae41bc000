package dev.sparring.init;

import dev.sparring.tensor.Shape;

/** How fan-in and fan-out are counted in the initializers that scale by them. */
public enum FanRule {
  /**
   * The counts of the layer's own forward map. They differ from PyTorch's for transposed
   * convolutions only: only kh * kw / stride^2 of a kernel's kh * kw taps contribute to one output,
   * and the input channels are the weight's first dimension.
   */
  FORWARD {
    @Override
    public Fans fans(WeightSpec weight) {
      return weight.fans();
    }

    @Override
    public int outputAxis(WeightSpec weight) {
      return weight.outputAxis();
    }
  },
  /**
   * {@code torch.nn.init._calculate_fan_in_and_fan_out}: fan-in is the weight's second dimension
   * times kh * kw and fan-out the first, for every layer, so that a transposed convolution's "fan
   * in" counts its outputs. Orthogonal initialization flattens all dimensions after the first.
   */
  PYTORCH {
    @Override
    public Fans fans(WeightSpec weight) {
      Shape shape = weight.shape();
      double taps = 1;
      for (int axis = 2; axis < shape.rank(); axis++) {
        taps *= shape.dim(axis);
      }
      return new Fans(shape.dim(1) * taps, shape.dim(0) * taps);
    }

    @Override
    public int outputAxis(WeightSpec weight) {
      return 0;
    }
  };

  /** The counts of one weight under this rule. */
  public abstract Fans fans(WeightSpec weight);

  /** The weight's dimension that orthogonal initialization uses as rows of the matrix. */
  public abstract int outputAxis(WeightSpec weight);
}
