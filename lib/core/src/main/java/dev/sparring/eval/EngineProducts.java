package dev.sparring.eval;

import dev.sparring.metric.Products;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Products of metrics as an engine's matrix products, in its precision and on its device. */
public final class EngineProducts implements Products {
  private static final int PROBED = 64;

  private final Engine engine;
  private final double roundoff;

  private EngineProducts(Engine engine) {
    this.engine = engine;
    roundoff = engine.precision() == Precision.FLOAT64 ? DOUBLE : SINGLE;
  }

  /**
   * Products on an engine, usable as long as it is open. If a test shows that it multiplies with
   * fewer digits than its precision has (TF32, bf16), they are {@link Products#plain}: figures are
   * the same, later.
   */
  public static Products of(Engine engine) {
    EngineProducts products = new EngineProducts(engine);
    return products.keepsItsDigits() ? products : Products.plain();
  }

  /** Multiplies numbers whose last digits are lost where there are fewer. */
  private boolean keepsItsDigits() {
    double[] ones = new double[PROBED * PROBED];
    double[] more = new double[PROBED * PROBED];
    double rest = roundoff * 0x1p12;
    Arrays.fill(ones, 1);
    Arrays.fill(more, 1 + rest);
    double most = PROBED * (PROBED + 2) * roundoff;
    boolean[] all = {true};
    multiply(
        more,
        PROBED,
        1,
        block -> ones,
        (block, products) -> {
          for (double product : products) {
            // Not the other way round: no number is no product.
            all[0] &= Math.abs(product - PROBED - PROBED * rest) <= most;
          }
        });
    return all[0];
  }

  @Override
  public double roundoff() {
    return roundoff;
  }

  @Override
  public void multiply(
      double[] left, int columns, int blocks, IntFunction<double[]> right, Taker taker) {
    engine.scope(
        () -> {
          Tensor rows = upload(left, columns);
          for (int block = 0; block < blocks; block++) {
            int number = block;
            double[] others = right.apply(block);
            engine.scope(() -> taker.take(number, products(rows, upload(others, columns))));
          }
        });
  }

  private Tensor upload(double[] rows, int columns) {
    return engine.upload(rows, Shape.of(rows.length / columns, columns));
  }

  private double[] products(Tensor rows, Tensor others) {
    return engine.withoutGradients(() -> rows.linear(others, null).toDoubles());
  }

  @Override
  public String toString() {
    return "EngineProducts[" + engine.description() + "]";
  }
}
