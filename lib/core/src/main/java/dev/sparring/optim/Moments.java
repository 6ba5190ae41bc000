package dev.sparring.optim;

import dev.sparring.tensor.Tensor;
import java.util.List;

/** The step that Adam and AdamW share. */
final class Moments {
  static final List<String> SLOTS = List.of("exp_avg", "exp_avg_sq");

  private Moments() {}

  /**
   * Lines 5 to 12 of Adam's algorithm 1, with both bias corrections in the factors.
   *
   * @param epsHat whether eps is added to the root of the second moment before it is corrected, as
   *     at the end of section 2 of arXiv:1412.6980
   */
  static void step(
      Tensor parameter,
      Tensor gradient,
      List<Tensor> slots,
      long update,
      double rate,
      double beta1,
      double beta2,
      double eps,
      boolean epsHat) {
    Tensor m = slots.get(0);
    Tensor v = slots.get(1);
    m.blend(beta1, gradient, 1 - beta1);
    v.blend(beta2, gradient.square(), 1 - beta2);
    double correction1 = 1 - StrictMath.pow(beta1, (double) update);
    double correction2 = 1 - StrictMath.pow(beta2, (double) update);
    double own = Math.sqrt(correction2);
    Tensor root = epsHat ? v.sqrt().plus(eps) : v.sqrt().times(1 / own).plus(eps);
    parameter.blend(1, m.div(root), -rate * (epsHat ? own : 1) / correction1);
  }
}
