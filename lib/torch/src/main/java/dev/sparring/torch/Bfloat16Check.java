package dev.sparring.torch;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Whether convolutions in bfloat16 are differentiated twice as in single precision. On one machine
 * oneDNN 3.7.1 did not clear the places with which it fills up blocks of channels, see {@link
 * SingleChannels}; second derivatives in bfloat16 were wrong by a sixth, and the convolutions that
 * libtorch makes of them cannot be led around it.
 */
final class Bfloat16Check {
  /** Of 2^-8, bfloat16's rounding, with room for sums; the fault was 0.18. */
  private static final double TOLERANCE = 0.06;

  private static final long[] UNIT = {1, 1};

  private Bfloat16Check() {}

  @SuppressWarnings("try") // the scope acts by being open
  static boolean passes() {
    try (PointerScope scope = new PointerScope()) {
      Tensor exact = penalty(t -> t);
      Tensor found = penalty(t -> t.to(torch.ScalarType.BFloat16));
      return norm(found.sub(exact)) <= TOLERANCE * norm(exact);
    }
  }

  /** The gradient by a convolution's kernels of the squared gradient by its images. */
  private static Tensor penalty(UnaryOperator<Tensor> cast) {
    Tensor images = variable(4, 3, 8, 8);
    Tensor kernels = variable(8, 3, 3, 3);
    Tensor y =
        torch.conv2d(
            cast.apply(images), cast.apply(kernels), new TensorOptional(), UNIT, UNIT, UNIT, 1);
    Tensor slope = gradient(y.to(torch.ScalarType.Float).tanh().sum(), images);
    return gradient(slope.mul(slope).sum(), kernels);
  }

  private static Tensor variable(long... shape) {
    long elements = 1;
    for (long extent : shape) {
      elements *= extent;
    }
    Tensor t = torch.arange(new org.bytedeco.pytorch.Scalar(elements)).to(torch.ScalarType.Float);
    Tensor leaf = Images.channelsLast(t.mul(t).sin().reshape(shape)).detach();
    leaf.set_requires_grad(true);
    return leaf;
  }

  private static Tensor gradient(Tensor of, Tensor by) {
    TensorVector found =
        torch.grad(
            new TensorVector(of),
            new TensorVector(by),
            new TensorVector(),
            new BoolOptional(true),
            true,
            false);
    return new Tensor(found.get(0));
  }

  private static double norm(Tensor t) {
    return Math.sqrt(t.detach().mul(t.detach()).sum().item_double());
  }
}
