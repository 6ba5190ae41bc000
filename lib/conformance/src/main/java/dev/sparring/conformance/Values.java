package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/** Numbers in row-major order with their shape, outside any engine. */
public final class Values {
  private final Shape shape;
  private final double[] data;

  Values(Shape shape, double[] data) {
    if (data.length != shape.elements()) {
      throw new IllegalArgumentException(
          "shape " + shape + " takes " + shape.elements() + " values, got " + data.length);
    }
    this.shape = shape;
    this.data = data;
  }

  /** Values of the given shape. */
  public static Values of(Shape shape, double... data) {
    return new Values(shape, data.clone());
  }

  /**
   * Numbers in [-1, 1) without a pattern, so that a wrong index is noticed: the generator of the
   * golden files.
   */
  public static Values random(int seed, int... dims) {
    Shape shape = Shape.of(dims);
    double[] data = new double[shape.elements()];
    long x = seed;
    for (int i = 0; i < data.length; i++) {
      x = (1664525 * x + 1013904223) & 0xffffffffL;
      data[i] = (x >> 8) / (double) (1 << 24) * 2 - 1;
    }
    return new Values(shape, data);
  }

  /** The extents. */
  public Shape shape() {
    return shape;
  }

  /** A copy of the numbers in row-major order. */
  public double[] data() {
    return data.clone();
  }

  /** These numbers as a constant of an engine. */
  public Tensor on(Engine engine) {
    return engine.upload(data, shape);
  }

  /** These values with one of them changed by an amount. */
  Values nudged(int index, double by) {
    double[] changed = data.clone();
    changed[index] += by;
    return new Values(shape, changed);
  }

  /** These values and a multiple of a direction. */
  Values moved(double[] direction, double by) {
    double[] changed = data.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] += by * direction[i];
    }
    return new Values(shape, changed);
  }

  /** These values mapped to a * x + b. */
  Values scaled(double a, double b) {
    double[] changed = data.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = a * changed[i] + b;
    }
    return new Values(shape, changed);
  }

  double at(int index) {
    return data[index];
  }
}
