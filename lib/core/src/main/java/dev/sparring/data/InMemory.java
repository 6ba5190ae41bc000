package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Samples that a program has in memory: images or points. It keeps a copy. Two objects are equal if
 * their contents are; the fingerprint depends on the contents only.
 *
 * <p>It has no text form: a recipe with it can be trained, but not written as YAML or JSON.
 *
 * <pre>{@code
 * Data faces = InMemory.images(pixels, Shape.of(3, 32, 32)).labels(classes);
 * Data moons = InMemory.points(new double[][] {{0.5, 1}, {-0.5, 0}});
 * }</pre>
 */
public final class InMemory implements Data {
  private final boolean isImages;
  private final Shape sampleShape;
  private final float[] values;
  private final int @Nullable [] labels;

  /** Keeps the arrays without a copy. */
  private InMemory(boolean isImages, Shape sampleShape, float[] values, int @Nullable [] labels) {
    this.isImages = isImages;
    this.sampleShape = sampleShape;
    this.values = values;
    this.labels = labels;
    FloatSet.misfit(sampleShape, values, labels)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  /**
   * Images.
   *
   * @param values one image after the other in row-major order, in [-1, 1]
   * @param shape of one image, (C, H, W)
   * @throws IllegalArgumentException if a value is outside [-1, 1], or if the number of values is
   *     no multiple of that of an image
   */
  public static InMemory images(float[] values, Shape shape) {
    if (shape.rank() != 3) {
      throw new IllegalArgumentException("the shape of images is (C, H, W), got " + shape);
    }
    InMemory images = new InMemory(true, shape, values.clone(), null);
    images.check(v -> v >= -1 && v <= 1, "images hold values in [-1, 1]");
    return images;
  }

  /**
   * Images, one array each, read once and in order.
   *
   * @param images their values in row-major order, in [-1, 1]
   * @param shape of one image, (C, H, W)
   * @throws IllegalArgumentException if a value is outside [-1, 1], or if an array has another
   *     length than an image
   */
  public static InMemory images(Iterable<float[]> images, Shape shape) {
    return images(joined(images, shape.elements()), shape);
  }

  /**
   * Points.
   *
   * @param values one point after the other
   * @param dimensions number of values of a point
   * @throws IllegalArgumentException if a value is not finite, or if the number of values is no
   *     multiple of {@code dimensions}
   */
  public static InMemory points(float[] values, int dimensions) {
    InMemory points = new InMemory(false, Shape.of(dimensions), values.clone(), null);
    points.check(Float::isFinite, "points hold finite values");
    return points;
  }

  /**
   * Points, a row each.
   *
   * @throws IllegalArgumentException if a value is not finite in single precision, or if rows have
   *     different lengths
   */
  public static InMemory points(double[][] rows) {
    return points(Arrays.asList(rows));
  }

  /**
   * Points, an array each, read once and in order.
   *
   * @throws IllegalArgumentException if a value is not finite in single precision, or if points
   *     have different lengths
   */
  public static InMemory points(Iterable<double[]> points) {
    List<float[]> rows = new ArrayList<>();
    for (double[] point : points) {
      float[] row = new float[point.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) point[i];
      }
      rows.add(row);
    }
    int dimensions = rows.isEmpty() ? 1 : rows.get(0).length;
    return points(joined(rows, dimensions), dimensions);
  }

  /**
   * The same with the class of each sample.
   *
   * @param labels from 0, as many as there are samples
   * @throws IllegalArgumentException if their number differs from that of samples, or one is
   *     negative
   */
  public InMemory labels(int... labels) {
    return new InMemory(isImages, sampleShape, values, labels.clone());
  }

  @Override
  public Shape sampleShape() {
    return sampleShape;
  }

  @Override
  public OptionalInt classes() {
    return labels == null
        ? OptionalInt.empty()
        : OptionalInt.of(1 + Arrays.stream(labels).max().orElseThrow());
  }

  @Override
  public OptionalLong memory() {
    return OptionalLong.of(Heap.product(values.length, Float.BYTES));
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    return new FloatSet(sampleShape, values, labels);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InMemory that
        && isImages == that.isImages
        && sampleShape.equals(that.sampleShape)
        && Arrays.equals(values, that.values)
        && Arrays.equals(labels, that.labels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * sampleShape.hashCode() + Arrays.hashCode(values)) + Arrays.hashCode(labels);
  }

  /** {@code images(1797 of (1, 8, 8), 10 classes)}. */
  @Override
  public String toString() {
    return (isImages ? "images(" : "points(")
        + values.length / sampleShape.elements()
        + " of "
        + sampleShape
        + (classes().isPresent() ? ", " + classes().getAsInt() + " classes)" : ")");
  }

  private interface Check {
    boolean accepts(float value);
  }

  private void check(Check check, String rule) {
    int elements = sampleShape.elements();
    for (int i = 0; i < values.length; i++) {
      if (!check.accepts(values[i])) {
        throw new IllegalArgumentException(
            rule
                + ", value "
                + i
                + " (sample "
                + i / elements
                + ", element "
                + i % elements
                + ") is "
                + values[i]);
      }
    }
  }

  private static float[] joined(Iterable<float[]> samples, int elements) {
    List<float[]> all = new ArrayList<>();
    for (float[] sample : samples) {
      if (sample.length != elements) {
        throw new IllegalArgumentException(
            "sample " + all.size() + " has " + sample.length + " numbers, expected " + elements);
      }
      // A copy, because the caller may reuse one array for all samples.
      all.add(sample.clone());
    }
    if ((long) all.size() * elements > ValueReader.MAX_VALUES) {
      throw new IllegalArgumentException(
          all.size()
              + " samples of "
              + elements
              + " numbers are more than the "
              + ValueReader.MAX_VALUES
              + " that one data set may hold");
    }
    return FloatSet.joined(all, elements);
  }
}
