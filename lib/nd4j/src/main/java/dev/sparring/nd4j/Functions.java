package dev.sparring.nd4j;

import java.util.function.Function;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;

/** Functions of each element by itself. */
final class Functions {
  private Functions() {}

  static Nd4jTensor plus(Nd4jTensor x, double number) {
    return x.unary(() -> each(x).plus(x.value(), number), (y, g) -> g);
  }

  static Nd4jTensor times(Nd4jTensor x, double number) {
    return x.unary(() -> each(x).times(x.value(), number), (y, g) -> g.times(number));
  }

  static Nd4jTensor sqrt(Nd4jTensor x) {
    return x.unary(() -> each(x).unary(Sqrt::new, x.value()), (y, g) -> g.div(y.times(2)));
  }

  static Nd4jTensor exp(Nd4jTensor x) {
    return x.unary(() -> each(x).unary(Exp::new, x.value()), (y, g) -> g.times(y));
  }

  static Nd4jTensor log(Nd4jTensor x) {
    return x.unary(() -> each(x).unary(Log::new, x.value()), (y, g) -> g.div(x));
  }

  static Nd4jTensor abs(Nd4jTensor x) {
    return x.unary(
        () -> each(x).unary(Abs::new, x.value()),
        (y, g) -> g.times(constant(x, e -> e.unary(Sign::new, x.value()))));
  }

  static Nd4jTensor relu(Nd4jTensor x) {
    return x.unary(() -> each(x).relu(x.value()), (y, g) -> g.times(step(y)));
  }

  /** 1 where x is above 0, else 0; constant. */
  private static Nd4jTensor step(Nd4jTensor x) {
    return constant(x, e -> e.step(x.value()));
  }

  static Nd4jTensor leakyRelu(Nd4jTensor x, double slope) {
    return x.times(constant(x, e -> e.slopes(x.value(), slope)));
  }

  static Nd4jTensor elu(Nd4jTensor x, double alpha) {
    return x.unary(
        () -> each(x).elu(x.value(), alpha),
        (y, g) -> {
          Nd4jTensor above = step(x);
          Nd4jTensor below = above.neg().plus(1);
          return g.times(above.plus(x.times(below).exp().times(below).times(alpha)));
        });
  }

  static Nd4jTensor silu(Nd4jTensor x) {
    return x.times(x.sigmoid());
  }

  static Nd4jTensor gelu(Nd4jTensor x) {
    return x.times(erf(x.times(Math.sqrt(0.5))).plus(1).times(0.5));
  }

  private static Nd4jTensor erf(Nd4jTensor x) {
    return x.unary(
        () -> each(x).unary(Erf::new, x.value()),
        (y, g) -> g.times(x.square().neg().exp()).times(2 / Math.sqrt(Math.PI)));
  }

  static Nd4jTensor tanh(Nd4jTensor x) {
    return x.unary(() -> each(x).tanh(x.value()), (y, g) -> g.times(y.square().neg().plus(1)));
  }

  static Nd4jTensor sigmoid(Nd4jTensor x) {
    return x.unary(() -> each(x).sigmoid(x.value()), (y, g) -> g.times(y.times(y.neg().plus(1))));
  }

  static Nd4jTensor softplus(Nd4jTensor x) {
    return x.unary(() -> each(x).softplus(x.value()), (y, g) -> g.times(x.sigmoid()));
  }

  private static Elementwise each(Nd4jTensor x) {
    return x.kernels().elementwise();
  }

  private static Nd4jTensor constant(Nd4jTensor x, Function<Elementwise, Value> kernel) {
    return x.constant(() -> kernel.apply(each(x)));
  }
}
