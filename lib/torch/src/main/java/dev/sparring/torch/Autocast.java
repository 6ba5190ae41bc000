package dev.sparring.torch;

import dev.sparring.tensor.Precision;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Mixed precision: which operations of a training pass compute in bfloat16. Its own rules instead
 * of libtorch's autocast, whose lists differ between devices and versions.
 */
final class Autocast {
  private final boolean available;
  private boolean on;

  Autocast(Precision precision) {
    available = precision == Precision.BF16;
  }

  dev.sparring.tensor.Tensor with(boolean state, Supplier<dev.sparring.tensor.Tensor> pass) {
    boolean before = on;
    on = state && available;
    try {
      return pass.get();
    } finally {
      on = before;
    }
  }

  /** The operand of a linear map, in the format in which that computes. */
  Tensor operand(Tensor t) {
    return on ? t.to(torch.ScalarType.BFloat16) : t;
  }

  /** The same numbers in single precision, if they were in bfloat16. */
  Tensor full(Tensor t) {
    return isReduced(t) ? t.to(torch.ScalarType.Float) : t;
  }

  boolean isReduced(Tensor t) {
    return available && t.scalar_type().intern() == torch.ScalarType.BFloat16;
  }

  /** A matrix product: in bfloat16 if both factors are, which libtorch would demand. */
  Tensor product(Tensor a, Tensor b, boolean several) {
    boolean reduced = isReduced(a) && isReduced(b);
    Tensor left = reduced ? a : full(a);
    Tensor right = reduced ? b : full(b);
    return several ? torch.bmm(left, right) : torch.mm(left, right);
  }
}
