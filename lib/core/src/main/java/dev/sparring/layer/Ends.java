package dev.sparring.layer;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Zeros and cuts at the ends of a dimension. */
final class Ends {
  private Ends() {}

  static Tensor before(Tensor x, int axis, int zeros) {
    return zeros == 0 ? x : zeros(x, axis, zeros).concat(List.of(x), axis);
  }

  static Tensor after(Tensor x, int axis, int zeros) {
    return zeros == 0 ? x : x.concat(List.of(zeros(x, axis, zeros)), axis);
  }

  /** What stands before that length. */
  static Tensor cut(Tensor x, int axis, int length) {
    return x.shape().dim(axis) == length ? x : x.slice(axis, 0, length);
  }

  private static Tensor zeros(Tensor like, int axis, int extent) {
    List<Integer> shape = new ArrayList<>(like.shape().dims());
    shape.set(axis, extent);
    return like.engine().full(0, new Shape(shape));
  }
}
