package dev.sparring.loss;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;

/**
 * The loss of a classifier: the mean over samples of -log softmax(z)_y, for logits z and the class
 * y of each. Its gradient by z is (softmax(z) - onehot(y)) / N.
 *
 * <p>Computed as log sum_k exp(z_k - m) - (z_y - m) with m the largest logit of the sample, so that
 * logits of any size neither overflow nor lose the logarithm. The loss does not depend on m, which
 * is therefore a constant.
 */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * The loss.
   *
   * @param engine where the logits are
   * @param logits (N, K)
   * @param classes the classes of the N samples, each from 0 to K - 1
   * @return a scalar, in nats
   * @throws IllegalArgumentException if shapes do not fit or a class is out of range
   */
  public static Tensor of(Engine engine, Tensor logits, int[] classes) {
    Shape shape = logits.shape();
    if (shape.rank() != 2 || shape.dim(0) != classes.length) {
      throw new IllegalArgumentException(
          "cross entropy: "
              + classes.length
              + " samples need logits ("
              + classes.length
              + ", classes), got "
              + shape);
    }
    return of(engine, logits, engine.upload(oneHot(classes, shape.dim(1)), shape));
  }

  /**
   * The loss for one-hot labels.
   *
   * @param logits (N, K)
   * @param labels (N, K), one 1 in each row, else 0
   * @return a scalar, in nats
   */
  public static Tensor of(Engine engine, Tensor logits, Tensor labels) {
    int n = logits.shape().dim(0);
    int k = logits.shape().dim(1);
    Tensor shifted = logits.minus(engine.upload(largest(logits, k), Shape.of(n, 1)));
    Tensor logSums = shifted.exp().sum(1).log();
    Tensor own = shifted.times(labels).sum();
    return logSums.sum().minus(own).times(1.0 / n);
  }

  private static double[] largest(Tensor logits, int k) {
    double[] values = logits.detach().toDoubles();
    double[] largest = new double[values.length / k];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < values.length; i++) {
      largest[i / k] = Math.max(largest[i / k], values[i]);
    }
    return largest;
  }

  private static double[] oneHot(int[] classes, int k) {
    double[] ones = new double[classes.length * k];
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= k) {
        throw new IllegalArgumentException(
            "cross entropy: class "
                + i
                + " must be between 0 and "
                + (k - 1)
                + ", got "
                + classes[i]);
      }
      ones[i * k + classes[i]] = 1;
    }
    return ones;
  }
}
