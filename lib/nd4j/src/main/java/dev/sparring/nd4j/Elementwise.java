package dev.sparring.nd4j;

import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Expm1;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** One number of the result for one number of each operand. */
final class Elementwise {
  /** From this size on, ND4J's vectorized operations are worth the cost of their call. */
  private static final int LARGE = 1 << 14;

  /** Negligible beside a number, but avoids a division by zero. */
  private static final double TINY = 1e-30;

  private final Backend backend;
  private final Copies copies;

  Elementwise(Backend backend, Copies copies) {
    this.backend = backend;
    this.copies = copies;
  }

  /** An operation of ND4J from one array into another. */
  interface Unary {
    Op of(INDArray x, INDArray z);
  }

  Value unary(Unary operation, Value x) {
    Value made = backend.like(x);
    Nd4j.exec(operation.of(x.array(), made.array()));
    return made;
  }

  private Value unary(String name, Unary small, Value x) {
    if (x.elements() < LARGE) {
      return unary(small, x);
    }
    Value made = backend.like(x);
    backend.ops().run(name, Ops.arrays(x.array()), Ops.arrays(made.array()));
    return made;
  }

  Value tanh(Value x) {
    return unary("tanh", Tanh::new, x);
  }

  Value sigmoid(Value x) {
    return unary("sigmoid", Sigmoid::new, x);
  }

  Value plus(Value x, double number) {
    return unary((a, z) -> new ScalarAdd(a, null, z, number), x);
  }

  Value times(Value x, double number) {
    return unary((a, z) -> new ScalarMultiplication(a, null, z, number), x);
  }

  Value relu(Value x) {
    return unary((a, z) -> new RectifiedLinear(a, z, 0.0), x);
  }

  /** 1 where x is above 0, else 0. */
  Value step(Value x) {
    return unary((a, z) -> new Step(a, z, 0.0), x);
  }

  /** 1 where x is above 0, else the slope. */
  Value slopes(Value x, double slope) {
    Value made = step(x);
    INDArray z = made.array();
    if (slope >= 0 && slope <= 1) {
      Nd4j.exec(new ScalarMax(z, null, z, slope)); // exact
    } else {
      Nd4j.exec(new ScalarMultiplication(z, null, z, 1 - slope));
      Nd4j.exec(new ScalarAdd(z, null, z, slope));
    }
    return made;
  }

  /** x for x &gt; 0, else alpha * (exp(x) - 1). */
  Value elu(Value x, double alpha) {
    Value made = unary((a, z) -> new ScalarMin(a, null, z, 0.0), x);
    INDArray z = made.array();
    Nd4j.exec(new Expm1(z, z));
    Nd4j.exec(new ScalarMultiplication(z, null, z, alpha));
    addPositive(made, x);
    return made;
  }

  private void addPositive(Value to, Value x) {
    Value positive = relu(x);
    to.array().addi(positive.array());
    backend.memory().release(positive.lease());
  }

  /** max(x, 0) + log(1 + exp(-|x|)). */
  Value softplus(Value x) {
    Value made = unary(Abs::new, x);
    INDArray z = made.array();
    Nd4j.exec(new ScalarMultiplication(z, null, z, -1.0));
    Nd4j.exec(new Exp(z, z));
    log1p(made);
    addPositive(made, x);
    return made;
  }

  /**
   * log(1 + u) in place for u of [0, 1]. ND4J's own has no correct digit if 1 + u is rounded
   * strongly. With w = 1 + u as rounded, log(w) / (w - 1) is hardly different from log(1 + u) / u;
   * it is 1 where w is 1. (W. Kahan; D. Goldberg, What every computer scientist should know about
   * floating-point arithmetic, 1991, theorem 4.)
   */
  private void log1p(Value u) {
    Value w = plus(u, 1);
    Value rise = plus(w, -1);
    rise.array().addi(TINY);
    Nd4j.exec(new Log(w.array(), w.array()));
    u.array().muli(w.array().addi(TINY).divi(rise.array()));
    backend.memory().release(w.lease());
    backend.memory().release(rise.lease());
  }

  /**
   * A binary operation, broadcasting.
   *
   * @param name {@code add}, {@code subtract}, {@code multiply} or {@code divide}
   */
  Value binary(String name, Value a, Value b) {
    Shape shape = Shapes.broadcast(a.shape(), b.shape());
    boolean last = shape.rank() == 4 && (a.elements() >= b.elements() ? a : b).channelsLast();
    Value x = fit(a, shape.rank(), last);
    Value y = fit(b, shape.rank(), last);
    Value made = backend.make(shape, last);
    backend.ops().run(name, Ops.arrays(x.array(), y.array()), Ops.arrays(made.array()));
    return made;
  }

  /** The same in place: the first operand's shape is the result's. */
  void into(String name, Value a, Value b) {
    Value y = fit(b, a.shape().rank(), a.channelsLast());
    backend.ops().run(name, Ops.arrays(a.array(), y.array()), Ops.arrays(a.array()));
  }

  /** With ones before the first dimension, and in that order. */
  private Value fit(Value v, int rank, boolean last) {
    if (v.shape().rank() == rank || !last) {
      return copies.ordered(v, last);
    }
    List<Integer> dims = new ArrayList<>(Collections.nCopies(rank - v.shape().rank(), 1));
    dims.addAll(v.shape().dims());
    return copies.channelsLast(v.under(new Shape(dims), false));
  }
}
