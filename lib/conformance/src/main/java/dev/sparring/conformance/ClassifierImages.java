package dev.sparring.conformance;

import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.tensor.Shape;
import java.util.Arrays;

/** Images for tests of classifiers. */
final class ClassifierImages {
  private ClassifierImages() {}

  /** 30 labelled images of two channels, 8 x 9, in 3 classes. */
  static DataSet tiny(int seed) {
    int[] labels = new int[30];
    Arrays.setAll(labels, i -> i * 7 % 3);
    float[] values = floats(Values.random(81 + seed, labels.length * 144));
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5f * values[i] + 0.3f * (labels[i / 144] - 1);
    }
    return DataSets.of(Shape.of(2, 8, 9), values, labels);
  }

  /** Several samples in one tensor. */
  static float[] samples(DataSet data, int from, int count) {
    int size = data.sampleShape().elements();
    float[] samples = new float[count * size];
    for (int i = 0; i < count; i++) {
      data.read(from + i, samples, i * size);
    }
    return samples;
  }

  /** Square grey images, blurred: each pixel becomes the mean of itself and its neighbours. */
  static float[] blurred(float[] images, int side) {
    float[] result = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      int x = i % side;
      int y = i / side % side;
      double sum = 0;
      int count = 0;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          if (x + dx >= 0 && x + dx < side && y + dy >= 0 && y + dy < side) {
            sum += images[i + dy * side + dx];
            count++;
          }
        }
      }
      result[i] = (float) (sum / count);
    }
    return result;
  }

  /** Uniform in [-1, 1). */
  static float[] noise(int count) {
    return floats(Values.random(5, count));
  }

  private static float[] floats(Values values) {
    float[] floats = new float[values.shape().elements()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.at(i);
    }
    return floats;
  }
}
