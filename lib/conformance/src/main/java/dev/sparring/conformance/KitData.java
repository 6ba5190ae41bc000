package dev.sparring.conformance;

import dev.sparring.data.Data;
import dev.sparring.data.InMemory;
import dev.sparring.data.Noise;
import dev.sparring.data.Ring;
import dev.sparring.tensor.Shape;

/** Few samples of some shape; with a text where the library has a word for that. */
final class KitData {
  private static final int SAMPLES = 9;

  private KitData() {}

  static Data of(Shape sample) {
    if (sample.rank() == 3) {
      return Noise.noise(sample.dim(0), sample.dim(1), sample.dim(2)).samples(SAMPLES);
    }
    if (sample.equals(Shape.of(2))) {
      return Ring.ring().points(SAMPLES);
    }
    double[] numbers = Kit.random(5, sample.batch(SAMPLES)).data();
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return InMemory.points(values, sample.elements());
  }
}
