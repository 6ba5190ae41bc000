package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Reshapes, permutations, slices and concatenations. */
final class Rearrangements {
  private Rearrangements() {}

  static Nd4jTensor reshape(Nd4jTensor x, Shape to) {
    return x.unary(
        () -> x.kernels().copies().reshape(x.value(), to), (y, g) -> reshape(g, x.shape()));
  }

  static Nd4jTensor permute(Nd4jTensor x, int[] axes) {
    int[] order = Arrays.stream(axes).map(axis -> Shapes.axis(x.shape(), axis)).toArray();
    int[] back = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      back[order[i]] = i;
    }
    return x.unary(
        () -> x.kernels().copies().permute(x.value(), order), (y, g) -> permute(g, back));
  }

  static Nd4jTensor slice(Nd4jTensor x, int axis, int start, int length) {
    int along = Shapes.axis(x.shape(), axis);
    return x.unary(
        () -> x.kernels().copies().slice(x.value(), along, start, length),
        (y, g) -> embed(g, along, start, x.shape()));
  }

  /** Zeros of a shape, and a tensor within. */
  private static Nd4jTensor embed(Nd4jTensor x, int axis, int start, Shape whole) {
    return x.unary(
        () -> x.kernels().copies().embed(x.value(), axis, start, whole),
        (y, g) -> slice(g, axis, start, x.shape().dim(axis)));
  }

  static Nd4jTensor concat(List<Nd4jTensor> all, int axis) {
    Nd4jTensor first = all.get(0);
    int along = Shapes.axis(first.shape(), axis);
    return Nd4jTensor.record(
        () -> first.kernels().copies().concat(all.stream().map(Nd4jTensor::value).toList(), along),
        (y, g, needed) -> {
          Nd4jTensor[] parts = new Nd4jTensor[needed.length];
          int start = 0;
          for (int i = 0; i < parts.length; i++) {
            int length = all.get(i).shape().dim(along);
            parts[i] = needed[i] ? slice(g, along, start, length) : null;
            start += length;
          }
          return parts;
        },
        all.toArray(new Nd4jTensor[0]));
  }
}
