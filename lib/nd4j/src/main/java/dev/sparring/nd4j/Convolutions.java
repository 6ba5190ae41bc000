package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolutions of images with their channels last. Kernels are (a, b, kh, kw) with the dimension of
 * the smaller image's channels first, which is (out, in) of a convolution and (in, out) of its
 * adjoint, the transposed convolution.
 */
final class Convolutions {
  private final Backend backend;
  private final Copies copies;

  Convolutions(Backend backend, Copies copies) {
    this.backend = backend;
    this.copies = copies;
  }

  /** The gradients of a convolution. */
  record Gradients(Value input, Value weight, @Nullable Value bias) {}

  Value conv2d(Value x, Value w, @Nullable Value bias, int stride, int padding) {
    Shape to =
        Shapes.convolved(x.shape(), w.shape(), bias == null ? null : bias.shape(), stride, padding);
    Value made = backend.make(to, true);
    run("conv2d", inputs(copies.channelsLast(x), w, bias), w, stride, padding, made.array());
    return made;
  }

  /**
   * The adjoint of a convolution.
   *
   * @param to the shape of the result, which the stride leaves open
   */
  Value transposed(Value x, Value w, @Nullable Value bias, int stride, int padding, Shape to) {
    Value images = copies.channelsLast(x);
    if (isSmallest(to, x.shape(), w.shape(), stride, padding)) {
      Value made = backend.make(to, true);
      run("deconv2d", inputs(images, w, bias), w, stride, padding, made.array());
      return made;
    }
    // Cropped from the result without padding, which may end before the requested shape does.
    Value whole = backend.make(Shapes.transposed(x.shape(), w.shape(), null, stride, 0, 0), true);
    run("deconv2d", inputs(images, w, null), w, stride, 0, whole.array());
    Value made = copies.window(whole, padding, to);
    backend.memory().release(whole.lease());
    if (bias != null) {
      backend.ops().run("add", Ops.arrays(made.array(), bias.array()), Ops.arrays(made.array()));
    }
    return made;
  }

  /** Whether a transposed convolution has no output padding; libnd4j supports no other. */
  static boolean isSmallest(Shape to, Shape x, Shape w, int stride, int padding) {
    return to.dim(2) == Shapes.spread(x.dim(2), w.dim(2), stride, padding)
        && to.dim(3) == Shapes.spread(x.dim(3), w.dim(3), stride, padding);
  }

  /** The gradients of {@link #conv2d} for that of its result. */
  Gradients conv2dGradients(
      Value x, Value w, @Nullable Value bias, Value g, int stride, int padding) {
    return gradients("conv2d_bp", x, w, bias, g, stride, padding);
  }

  /** The gradient of {@link #conv2d} by the kernel alone. */
  Value conv2dWeightGradient(Value x, Value w, Value g, int stride, int padding) {
    Gradients all = conv2dGradients(x, w, null, g, stride, padding);
    backend.memory().release(all.input().lease()); // libnd4j computes both or none
    return all.weight();
  }

  /** The gradients of {@link #transposed}, without output padding, for that of its result. */
  Gradients transposedGradients(
      Value x, Value w, @Nullable Value bias, Value g, int stride, int padding) {
    return gradients("deconv2d_bp", x, w, bias, g, stride, padding);
  }

  private Gradients gradients(
      String name, Value x, Value w, @Nullable Value bias, Value g, int stride, int padding) {
    Value input = copies.channelsLast(x);
    Value dx = backend.like(input);
    Value dw = backend.like(w);
    Value db = bias == null ? null : backend.like(bias);
    INDArray slope = copies.channelsLast(g).array();
    INDArray[] in =
        bias == null
            ? Ops.arrays(input.array(), w.array(), slope)
            : Ops.arrays(input.array(), w.array(), bias.array(), slope);
    INDArray[] out =
        db == null
            ? Ops.arrays(dx.array(), dw.array())
            : Ops.arrays(dx.array(), dw.array(), db.array());
    run(name, in, w, stride, padding, out);
    return new Gradients(dx, dw, db);
  }

  private static INDArray[] inputs(Value x, Value w, @Nullable Value bias) {
    return bias == null
        ? Ops.arrays(x.array(), w.array())
        : Ops.arrays(x.array(), w.array(), bias.array());
  }

  private void run(String name, INDArray[] in, Value w, int stride, int padding, INDArray... out) {
    backend
        .ops()
        .run(
            name,
            in,
            out,
            w.shape().dim(2),
            w.shape().dim(3),
            stride,
            stride,
            padding,
            padding,
            1, // no dilation
            1,
            0, // padding as given, not SAME
            1, // channels last
            w.channelsLast() ? 2 : 1); // kernels (a, kh, kw, b) or (a, b, kh, kw)
  }
}
