package dev.sparring.torch;

import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Tensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;

/** Writing into tensors that outlive a step, unseen by automatic differentiation. */
final class InPlace {
  private InPlace() {}

  static void assign(TorchTensor target, Tensor from) {
    write(target, from, org.bytedeco.pytorch.Tensor::copy_);
  }

  static void blend(TorchTensor target, double keep, Tensor with, double weight) {
    write(
        target,
        with,
        (t, v) -> {
          if (keep == 1.0) {
            t.add_(v, new Scalar(weight));
          } else if (keep == 1.0 - weight) {
            t.lerp_(v, new Scalar(weight)); // one pass over the memory instead of two
          } else {
            t.mul_(new Scalar(keep)).add_(v, new Scalar(weight));
          }
        });
  }

  private interface Write {
    void into(org.bytedeco.pytorch.Tensor target, org.bytedeco.pytorch.Tensor value);
  }

  @SuppressWarnings("try") // the guard acts by being open
  private static void write(TorchTensor target, Tensor from, Write write) {
    if (!target.shape().equals(from.shape())) {
      // libtorch would broadcast the value instead.
      throw new EngineException(
          "a tensor of shape " + target.shape() + " cannot take values of shape " + from.shape());
    }
    Failures.translate(
        () -> {
          org.bytedeco.pytorch.Tensor t = TorchTensor.raw(target);
          org.bytedeco.pytorch.Tensor v = TorchTensor.raw(from);
          try (NoGradGuard guard = new NoGradGuard()) {
            // A view of the target would change while it is being read.
            write.into(t, t.is_alias_of(v) ? v.clone() : v);
          }
          return target;
        });
  }
}
