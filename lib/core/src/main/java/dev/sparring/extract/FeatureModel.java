package dev.sparring.extract;

import dev.sparring.tensor.Shape;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A network from a file in a runtime: batches of images in, numbers out. {@link NetworkExtractor}
 * turns it into an extractor.
 */
public interface FeatureModel extends AutoCloseable {
  /** The kind of file, e.g. {@code onnx}. */
  String kind();

  /** The input that the file declares. */
  Input input();

  /** Its output and its runtime, in one line, for the conditions of figures. */
  String description();

  /**
   * Runs the network; the same batch always gives the same numbers.
   *
   * @param images row-major
   * @param shape (N, C, H, W)
   * @return the network's output, unchanged
   * @throws ExtractorException if it fails, with the runtime's reason in one line
   */
  Output run(float[] images, Shape shape);

  @Override
  void close();

  /**
   * The extents of the input (N, C, H, W); 0 for any extent.
   *
   * @param batch N
   * @param channels C
   * @param height H
   * @param width W
   */
  record Input(int batch, int channels, int height, int width) {
    /** An input without declared extents. */
    public static final Input ANY = new Input(0, 0, 0, 0);

    /** Whether samples of that shape are accepted. */
    boolean takes(Shape sample) {
      return fits(channels, sample.dim(0))
          && fits(height, sample.dim(1))
          && fits(width, sample.dim(2));
    }

    private static boolean fits(int wanted, int given) {
      return wanted == 0 || wanted == given;
    }

    /** {@code (N, 3, 299, 299)}. */
    @Override
    public String toString() {
      int[] extents = {batch, channels, height, width};
      Stream<String> texts =
          IntStream.range(0, extents.length)
              .mapToObj(
                  i -> extents[i] == 0 ? "NCHW".substring(i, i + 1) : String.valueOf(extents[i]));
      return "(" + String.join(", ", texts.toList()) + ")";
    }
  }

  /** The output of a network. */
  interface Output {
    /** Its shape, N first. */
    Shape shape();

    /** Its numbers, row-major. */
    float[] values();
  }

  /** An output of these numbers. */
  static Output output(Shape shape, float[] values) {
    shape.requireCount(values.length);
    return new Output() {
      @Override
      public Shape shape() {
        return shape;
      }

      @Override
      public float[] values() {
        return values;
      }
    };
  }
}
