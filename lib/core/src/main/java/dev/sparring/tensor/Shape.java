package dev.sparring.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Extents of a tensor, outermost first; images are (N, C, H, W), or (C, H, W) for one sample.
 *
 * @param dims the extents, each at least 1; an empty list is a scalar
 */
public record Shape(List<Integer> dims) {
  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape(List.of());

  /** Copies the extents. */
  public Shape {
    dims = List.copyOf(dims);
    for (int d : dims) {
      if (d < 1) {
        throw new IllegalArgumentException("every extent must be at least 1, got " + text(dims));
      }
    }
  }

  /** A shape of the given extents, outermost first. */
  public static Shape of(int... dims) {
    return new Shape(Arrays.stream(dims).boxed().toList());
  }

  /** The number of dimensions. */
  public int rank() {
    return dims.size();
  }

  /** The extent of one dimension; negative axes count from the end. */
  public int dim(int axis) {
    return dims.get(axis < 0 ? rank() + axis : axis);
  }

  /**
   * The number of elements in a tensor of this shape.
   *
   * @throws ArithmeticException if they are more than a Java array can have
   */
  public int elements() {
    long n = 1;
    for (int d : dims) {
      n *= d; // at most 2^62: both were below 2^31
      if (n > Integer.MAX_VALUE) {
        throw new ArithmeticException(
            "a tensor of shape " + this + " has more than " + Integer.MAX_VALUE + " elements");
      }
    }
    return (int) n;
  }

  /**
   * Checks that values fill a tensor of this shape.
   *
   * @throws IllegalArgumentException if their number differs from that of its elements
   */
  public void requireCount(int values) {
    if (values != elements()) {
      throw new IllegalArgumentException(
          "shape " + this + " takes " + elements() + " values, got " + values);
    }
  }

  /** This shape with a new outermost dimension, e.g. for a batch of n samples. */
  public Shape batch(int n) {
    List<Integer> all = new ArrayList<>(rank() + 1);
    all.add(n);
    all.addAll(dims);
    return new Shape(all);
  }

  /**
   * This shape with another outermost extent: for one sample, another number of channels or
   * features.
   */
  public Shape channels(int channels) {
    List<Integer> all = new ArrayList<>(dims);
    all.set(0, channels);
    return new Shape(all);
  }

  /** This shape without its outermost dimension. */
  public Shape sample() {
    return new Shape(dims.subList(1, rank()));
  }

  /** The extents as engines and file formats take them. */
  public long[] toLongs() {
    return dims.stream().mapToLong(Integer::longValue).toArray();
  }

  /** {@code (64, 4, 4)}. */
  @Override
  public String toString() {
    return text(dims);
  }

  private static String text(List<Integer> dims) {
    return dims.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
