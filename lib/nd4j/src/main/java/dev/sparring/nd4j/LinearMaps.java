package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products and convolutions. Each is linear in both of its operands, so the derivative by
 * one of them is again such a map: convolution, its adjoint, and the correlation that is their
 * derivative by the kernel are closed under differentiation, which gives gradients of gradients.
 */
final class LinearMaps {
  private LinearMaps() {}

  /** a b, either of them optionally transposed first; with three dimensions, matrix by matrix. */
  static Nd4jTensor matmul(Nd4jTensor a, boolean ta, Nd4jTensor b, boolean tb) {
    return Nd4jTensor.record(
        () -> a.kernels().products().matmul(a.value(), ta, b.value(), tb),
        (y, g, needed) ->
            new Nd4jTensor[] {
              needed[0] ? (ta ? matmul(b, tb, g, true) : matmul(g, false, b, !tb)) : null,
              needed[1] ? (tb ? matmul(g, true, a, ta) : matmul(a, !ta, g, false)) : null
            },
        a,
        b);
  }

  /** x w^T + b. */
  static Nd4jTensor linear(Nd4jTensor x, Nd4jTensor w, @Nullable Nd4jTensor bias) {
    Nd4jTensor y = matmul(x, false, w, true);
    if (bias == null) {
      return y;
    }
    Shapes.requireVector("bias", bias.shape(), w.shape().dim(0));
    return y.plus(bias);
  }

  static Nd4jTensor conv2d(
      Nd4jTensor x, Nd4jTensor w, @Nullable Nd4jTensor bias, int stride, int padding) {
    Node.Rule rule =
        (y, g, needed) -> {
          boolean byWeight = needed[1] || (bias != null && needed[2]);
          if (x.engine().isRecording() || !byWeight) {
            return new Nd4jTensor[] {
              needed[0] ? transposed(g, w, null, stride, padding, x.shape()) : null,
              needed[1] ? correlation(x, g, w, stride, padding) : null,
              bias != null && needed[2] ? perChannel(g) : null
            };
          }
          return constants(
              g,
              () ->
                  x.kernels()
                      .convolutions()
                      .conv2dGradients(
                          x.value(), w.value(), valueOf(bias), g.value(), stride, padding));
        };
    return Nd4jTensor.record(
        () ->
            x.kernels().convolutions().conv2d(x.value(), w.value(), valueOf(bias), stride, padding),
        rule,
        operands(x, w, bias));
  }

  static Nd4jTensor convTranspose2d(
      Nd4jTensor x,
      Nd4jTensor w,
      @Nullable Nd4jTensor bias,
      int stride,
      int padding,
      int outputPadding) {
    Shape to =
        Shapes.transposed(
            x.shape(),
            w.shape(),
            bias == null ? null : bias.shape(),
            stride,
            padding,
            outputPadding);
    return transposed(x, w, bias, stride, padding, to);
  }

  /**
   * The adjoint of a convolution.
   *
   * @param to the shape of the result, which the stride leaves open
   */
  private static Nd4jTensor transposed(
      Nd4jTensor x, Nd4jTensor w, @Nullable Nd4jTensor bias, int stride, int padding, Shape to) {
    Node.Rule rule =
        (y, g, needed) -> {
          boolean byWeight = needed[1] || (bias != null && needed[2]);
          if (x.engine().isRecording()
              || !byWeight
              || !Convolutions.isSmallest(to, x.shape(), w.shape(), stride, padding)) {
            return new Nd4jTensor[] {
              needed[0] ? conv2d(g, w, null, stride, padding) : null,
              needed[1] ? correlation(g, x, w, stride, padding) : null,
              bias != null && needed[2] ? perChannel(g) : null
            };
          }
          return constants(
              g,
              () ->
                  x.kernels()
                      .convolutions()
                      .transposedGradients(
                          x.value(), w.value(), valueOf(bias), g.value(), stride, padding));
        };
    return Nd4jTensor.record(
        () ->
            x.kernels()
                .convolutions()
                .transposed(x.value(), w.value(), valueOf(bias), stride, padding, to),
        rule,
        operands(x, w, bias));
  }

  /**
   * The derivative of a convolution by its kernel.
   *
   * @param x the images that are convolved
   * @param g the derivative by the result
   * @param like a kernel of the result's shape; its values are not used
   */
  private static Nd4jTensor correlation(
      Nd4jTensor x, Nd4jTensor g, Nd4jTensor like, int stride, int padding) {
    return Nd4jTensor.record(
        () ->
            x.kernels()
                .convolutions()
                .conv2dWeightGradient(x.value(), like.value(), g.value(), stride, padding),
        (y, gg, needed) ->
            new Nd4jTensor[] {
              needed[0] ? transposed(g, gg, null, stride, padding, x.shape()) : null,
              needed[1] ? conv2d(x, gg, null, stride, padding) : null
            },
        x,
        g);
  }

  /** The derivative by a bias: the sum over all but the channels. */
  private static Nd4jTensor perChannel(Nd4jTensor g) {
    return g.sum(0, 2, 3).reshape(Shape.of(g.shape().dim(1)));
  }

  private static Nd4jTensor[] operands(Nd4jTensor x, Nd4jTensor w, @Nullable Nd4jTensor bias) {
    return bias == null ? new Nd4jTensor[] {x, w} : new Nd4jTensor[] {x, w, bias};
  }

  private static Nd4jTensor[] constants(Nd4jTensor g, Supplier<Convolutions.Gradients> kernel) {
    Convolutions.Gradients found = g.engine().call(kernel);
    Nd4jTensor dx = g.engine().constant(found.input());
    Nd4jTensor dw = g.engine().constant(found.weight());
    Value db = found.bias();
    return db == null
        ? new Nd4jTensor[] {dx, dw}
        : new Nd4jTensor[] {dx, dw, g.engine().constant(db)};
  }

  private static @Nullable Value valueOf(@Nullable Nd4jTensor t) {
    return t == null ? null : t.value();
  }
}
