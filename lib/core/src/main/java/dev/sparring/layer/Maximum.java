package dev.sparring.layer;

import dev.sparring.tensor.Tensor;
import java.util.List;

/** Largest numbers, in operations that every engine has. */
final class Maximum {
  private Maximum() {}

  /** The element-wise maximum; where both are equal, the gradient goes to the first. */
  static Tensor of(Tensor a, Tensor b) {
    return a.plus(b.minus(a).relu());
  }

  /** The largest along the last dimension, which stays with extent 1. */
  static Tensor last(Tensor x) {
    Tensor rest = x;
    // Compares halves: about as many elements in total as x has, in log2(extent) steps.
    for (int extent = x.shape().dim(-1); extent > 1; extent = (extent + 1) / 2) {
      int half = extent / 2;
      int axis = x.shape().rank() - 1;
      Tensor larger = of(rest.slice(axis, 0, half), rest.slice(axis, half, half));
      rest =
          extent % 2 == 0 ? larger : larger.concat(List.of(rest.slice(axis, extent - 1, 1)), axis);
    }
    return rest;
  }
}
