package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** The four operations, which broadcast, and sums, which are the derivative of broadcasting. */
final class Arithmetic {
  private Arithmetic() {}

  static Nd4jTensor plus(Nd4jTensor a, Nd4jTensor b) {
    return Nd4jTensor.record(
        () -> a.kernels().elementwise().binary("add", a.value(), b.value()),
        (y, g, needed) ->
            new Nd4jTensor[] {
              needed[0] ? sumTo(g, a.shape()) : null, needed[1] ? sumTo(g, b.shape()) : null
            },
        a,
        b);
  }

  static Nd4jTensor minus(Nd4jTensor a, Nd4jTensor b) {
    return Nd4jTensor.record(
        () -> a.kernels().elementwise().binary("subtract", a.value(), b.value()),
        (y, g, needed) ->
            new Nd4jTensor[] {
              needed[0] ? sumTo(g, a.shape()) : null, needed[1] ? sumTo(g.neg(), b.shape()) : null
            },
        a,
        b);
  }

  static Nd4jTensor times(Nd4jTensor a, Nd4jTensor b) {
    return Nd4jTensor.record(
        () -> a.kernels().elementwise().binary("multiply", a.value(), b.value()),
        (y, g, needed) ->
            new Nd4jTensor[] {
              needed[0] ? sumTo(g.times(b), a.shape()) : null,
              needed[1] ? sumTo(g.times(a), b.shape()) : null
            },
        a,
        b);
  }

  static Nd4jTensor div(Nd4jTensor a, Nd4jTensor b) {
    return Nd4jTensor.record(
        () -> a.kernels().elementwise().binary("divide", a.value(), b.value()),
        (y, g, needed) -> {
          Nd4jTensor byThis = g.div(b);
          return new Nd4jTensor[] {
            needed[0] ? sumTo(byThis, a.shape()) : null,
            needed[1] ? sumTo(byThis.times(y).neg(), b.shape()) : null
          };
        },
        a,
        b);
  }

  static Nd4jTensor sum(Nd4jTensor x) {
    return x.unary(() -> x.kernels().sums().all(x.value()), (y, g) -> stretch(g, x.shape()));
  }

  static Nd4jTensor sum(Nd4jTensor x, int[] axes) {
    if (axes.length == 0) {
      return x; // ND4J would sum over all
    }
    return x.unary(() -> x.kernels().sums().over(x.value(), axes), (y, g) -> stretch(g, x.shape()));
  }

  /** A tensor repeated along its extents of 1 up to a larger shape. */
  private static Nd4jTensor stretch(Nd4jTensor x, Shape to) {
    return x.unary(
        () -> {
          Value zeros = x.kernels().copies().full(0, to);
          return x.kernels().elementwise().binary("add", x.value(), zeros);
        },
        (y, g) -> sumTo(g, x.shape()));
  }

  /** The sum over broadcast dimensions. */
  private static Nd4jTensor sumTo(Nd4jTensor x, Shape to) {
    if (to.equals(x.shape())) {
      return x;
    }
    int added = x.shape().rank() - to.rank();
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < x.shape().rank(); i++) {
      if (i < added || (to.dim(i - added) == 1 && x.shape().dim(i) != 1)) {
        axes.add(i);
      }
    }
    return x.sum(axes.stream().mapToInt(Integer::intValue).toArray()).reshape(to);
  }
}
