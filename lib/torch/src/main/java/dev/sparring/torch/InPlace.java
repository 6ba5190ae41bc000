package dev.sparring.torch;

import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Tensor;
import org.bytedeco.pytorch.NoGradGuard;

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
            t.add_(v, target.engine().scalar(weight));
          } else if (keep == 1.0 - weight) {
            t.lerp_(v, target.engine().scalar(weight)); // one pass over the memory instead of two
          } else {
            t.mul_(target.engine().scalar(keep)).add_(v, target.engine().scalar(weight));
          }
        });
  }

  private interface Write {
    void into(org.bytedeco.pytorch.Tensor target, org.bytedeco.pytorch.Tensor value);
  }

  @SuppressWarnings("try") // the guard acts by being open
  private static void write(TorchTensor target, Tensor from, Write write) {
    TorchEngine engine = target.engine();
    org.bytedeco.pytorch.Tensor t = engine.raw(target);
    if (target.isFlattened()) {
      throw new EngineException("rows of flattened images are read only");
    }
    org.bytedeco.pytorch.Tensor v = engine.autocasting().full(engine.raw(from));
    requireShape(target, from);
    engine.call(
        () -> {
          try (NoGradGuard guard = new NoGradGuard()) {
            // A view of the target would change while it is being read.
            write.into(t, t.is_alias_of(v) ? v.clone() : v);
          }
          return target;
        });
  }

  /** libtorch would broadcast the values instead, or read memory of others. */
  static void requireShape(Tensor target, Tensor from) {
    if (!target.shape().equals(from.shape())) {
      throw new EngineException(
          "a tensor of shape " + target.shape() + " cannot take values of shape " + from.shape());
    }
  }
}
