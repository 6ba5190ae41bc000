package dev.sparring.network;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.function.IntUnaryOperator;

/** Classes of samples as networks take them. */
public final class Labels {
  private Labels() {}

  /**
   * One 1 in each row, else 0.
   *
   * @param classes how many there are
   * @param count how many samples
   * @param label the class of each sample, from 0 to classes - 1; asked in order
   * @return (count, classes)
   */
  public static Tensor oneHot(Engine engine, int classes, int count, IntUnaryOperator label) {
    float[] ones = new float[count * classes];
    for (int i = 0; i < count; i++) {
      ones[i * classes + label.applyAsInt(i)] = 1;
    }
    return engine.upload(ones, Shape.of(count, classes));
  }
}
