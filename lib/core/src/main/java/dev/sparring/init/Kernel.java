package dev.sparring.init;

/**
 * The weight of a convolution as a kernel.
 *
 * @param outputs number of output channels
 * @param inputs number of input channels
 * @param side of the kernel in taps; 0 for a matrix
 * @param outputsFirst whether outputs are the weight's first dimension
 */
record Kernel(int outputs, int inputs, int side, boolean outputsFirst) {
  static Kernel of(WeightSpec weight) {
    int rank = weight.shape().rank();
    if (rank != 2 && rank != 4) {
      throw new IllegalArgumentException(
          "has a parameter of shape "
              + weight.shape()
              + ", and orthogonal convolutions are for weights of 2 or 4 dimensions");
    }
    boolean outputsFirst = weight.outputAxis() == 0;
    return new Kernel(
        weight.shape().dim(outputsFirst ? 0 : 1),
        weight.shape().dim(outputsFirst ? 1 : 0),
        rank == 2 ? 0 : weight.shape().dim(2),
        outputsFirst);
  }

  /** An isometry cannot have fewer outputs than inputs. */
  void needOutputs(String word) {
    if (side > 0 && outputs < inputs) {
      throw new IllegalArgumentException(
          "has "
              + inputs
              + " channels in and "
              + outputs
              + " out, and "
              + word
              + " needs at least as many out as in: take another init for this layer, e.g."
              + " orthogonal");
    }
  }

  /** Where the weight from an input to an output stands at a tap, in row-major order. */
  int index(int output, int input, int row, int column) {
    int pair = outputsFirst ? output * inputs + input : input * outputs + output;
    return (pair * side + row) * side + column;
  }
}
