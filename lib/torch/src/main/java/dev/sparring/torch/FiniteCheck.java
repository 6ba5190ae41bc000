package dev.sparring.torch;

import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Whether all numbers of some tensors are finite, by three operations of libtorch: the largest
 * magnitude of each tensor, which is no number if one of them is none; these as one tensor; the
 * largest of them.
 */
final class FiniteCheck {
  private final BoxedOperation norms = new BoxedOperation("aten::_foreach_norm", "Scalar");
  private final BoxedOperation stack = new BoxedOperation("aten::stack", "");

  boolean areFinite(List<Tensor> tensors) {
    if (tensors.isEmpty()) {
      return true;
    }
    IValueVector values =
        BoxedOperation.arguments(
            norms.list(tensors),
            new IValue(new Scalar(Double.POSITIVE_INFINITY)),
            new IValue()); // the tensors' own type
    norms.call(values);
    values.push_back(new IValue(0L)); // the new dimension
    stack.call(values);
    return Double.isFinite(values.get(0).toTensor().max().item_double());
  }
}
