package dev.sparring.network;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.function.IntUnaryOperator;

/** Classes of samples as the input of networks. */
public final class Labels {
  private Labels() {}

  /**
   * One-hot labels: a 1 in each row, otherwise 0.
   *
   * @param classes number of classes
   * @param count number of samples
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
