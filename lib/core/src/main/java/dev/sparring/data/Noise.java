package dev.sparring.data;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Images of uniform noise in [-1, 1), for benchmarks: any shape, without files and labels.
 *
 * @param channels number of channels
 * @param height height in pixels
 * @param width width in pixels
 * @param samples number of images
 */
@Word("noise")
public record Noise(int channels, int height, int width, int samples) implements Data {
  // The largest size of a Java array on every virtual machine.
  private static final long MAX_VALUES = Integer.MAX_VALUE - 8;

  /** Checks the settings. */
  public Noise {
    Require.atLeast("channels", channels, 1);
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
    Require.atLeast("samples", samples, 1);
    // Division, because the product of four ints may overflow a long.
    if (MAX_VALUES / channels / height / width < samples) {
      throw new IllegalArgumentException(
          "samples * channels * height * width must be <= "
              + MAX_VALUES
              + ", got "
              + samples
              + " * "
              + channels
              + " * "
              + height
              + " * "
              + width);
    }
  }

  /** 256 images. */
  @Defaults
  public static Noise noise(int channels, int height, int width) {
    return new Noise(channels, height, width, 256);
  }

  /** The same with another number of images. */
  public Noise samples(int samples) {
    return new Noise(channels, height, width, samples);
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(channels, height, width);
  }

  @Override
  public OptionalLong memory() {
    return OptionalLong.of(Heap.product(samples, sampleShape().elements(), Float.BYTES));
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    int elements = sampleShape().elements();
    float[] values = new float[samples * elements];
    for (int i = 0; i < samples; i++) {
      RandomStream random = seed.stream("data", i);
      for (int j = 0; j < elements; j++) {
        values[i * elements + j] = (float) random.uniform(-1, 1);
      }
    }
    return new FloatSet(sampleShape(), values, null);
  }
}
