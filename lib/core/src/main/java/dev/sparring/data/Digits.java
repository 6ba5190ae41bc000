package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * 1,797 handwritten digits that come with the library: grey, labelled 0 to 9, sample shape (1,
 * size, size).
 *
 * <p>The test part of "Optical Recognition of Handwritten Digits" (E. Alpaydin and C. Kaynak; UCI
 * Machine Learning Repository; CC BY 4.0). The originals are 8x8 with values 0 (paper) to 16 (ink),
 * read as v / 8 - 1.
 *
 * @param size height and width in pixels, from 8 to 64; above 8, the digits are enlarged by bicubic
 *     interpolation
 */
@Word("digits")
public record Digits(int size) implements Data {
  private static final int IMAGES = 1797;
  private static final int ORIGINAL_SIZE = 8;
  private static final int MAX_VALUE = 16;

  /** Checks the size. */
  public Digits {
    Require.between("size", size, ORIGINAL_SIZE, 64);
  }

  /** The digits as they are, 8x8. */
  @Defaults
  public static Digits digits() {
    return new Digits(ORIGINAL_SIZE);
  }

  /** The same, enlarged to size x size. */
  public Digits size(int size) {
    return new Digits(size);
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(1, size, size);
  }

  @Override
  public OptionalInt classes() {
    return OptionalInt.of(10);
  }

  @Override
  public OptionalLong memory() {
    return OptionalLong.of(Heap.product(IMAGES, size, size, Float.BYTES));
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    List<String> lines = lines();
    int elements = size * size;
    float[] values = new float[lines.size() * elements];
    int[] labels = new int[lines.size()];
    // At the original size the weights are 1 and 0, and the values stay what they are.
    Resampler axis = new Resampler(Resampler.Filter.CUBIC, ORIGINAL_SIZE, size, 0, size);
    byte[] pixels = new byte[ORIGINAL_SIZE * ORIGINAL_SIZE];
    for (int i = 0; i < labels.length; i++) {
      String[] cells = lines.get(i).split(",", -1);
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = Byte.parseByte(cells[j]);
      }
      labels[i] = Integer.parseInt(cells[pixels.length]);
      double[] resized = Resampler.resize(pixels, ORIGINAL_SIZE, axis, axis);
      for (int j = 0; j < elements; j++) {
        double v = Math.max(0, Math.min(MAX_VALUE, resized[j]));
        values[i * elements + j] = (float) (v / (MAX_VALUE / 2.0) - 1);
      }
    }
    return new FloatSet(sampleShape(), values, labels);
  }

  private static List<String> lines() {
    try (InputStream packed =
            Objects.requireNonNull(
                Digits.class.getResourceAsStream("digits.csv.gz"), "digits.csv.gz is in the jar");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new DataException("digits.csv.gz in the library's jar cannot be read", e);
    }
  }
}
