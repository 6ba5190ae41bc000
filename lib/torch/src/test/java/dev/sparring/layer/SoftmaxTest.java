package dev.sparring.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.torch.TorchEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Core's helper on an engine, which core's own tests lack. */
class SoftmaxTest {
  /** Any extent: halves, and what is left over of them. */
  @Test
  void largestOfARow() {
    try (Engine e = TorchEngine.open(Device.CPU, Precision.FLOAT64)) {
      for (int extent = 1; extent <= 9; extent++) {
        for (int at = 0; at < extent; at++) {
          double[] row = new double[2 * extent];
          for (int i = 0; i < row.length; i++) {
            row[i] = -3 - i;
          }
          row[at] = -1;
          Tensor largest = Maximum.last(e.upload(row, Shape.of(2, 1, extent)));
          assertEquals(Shape.of(2, 1, 1), largest.shape());
          assertArrayEquals(new double[] {-1, -3 - extent}, largest.toDoubles());
        }
      }
    }
  }

  /** exp(x) / sum exp(x) over the last dimension, and its Jacobian diag(p) - p p^T. */
  @Test
  void valuesAndGradients() {
    int rows = 6;
    int extent = 5;
    double[] x = numbers("x", rows * extent);
    double[] weights = numbers("weights", rows * extent);
    double[] values = new double[x.length];
    double[] gradients = new double[x.length];
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = 0; i < extent; i++) {
        sum += Math.exp(x[r * extent + i]);
      }
      double mean = 0;
      for (int i = r * extent; i < (r + 1) * extent; i++) {
        values[i] = Math.exp(x[i]) / sum;
        mean += values[i] * weights[i];
      }
      for (int i = r * extent; i < (r + 1) * extent; i++) {
        gradients[i] = values[i] * (weights[i] - mean);
      }
    }
    try (Engine e = TorchEngine.open(Device.CPU, Precision.FLOAT64)) {
      Shape shape = Shape.of(2, 3, 5);
      Tensor at = e.upload(x, shape).variable();
      Tensor p = Softmax.last(at);
      assertArrayEquals(values, p.toDoubles(), 1e-14);
      Tensor weighed = p.times(e.upload(weights, shape)).sum();
      Tensor found = e.gradients(weighed, List.of(at), false).get(0);
      assertArrayEquals(gradients, found.toDoubles(), 1e-14);
    }
  }

  /** Numbers whose exponentials overflow in single precision. */
  @Test
  void largeNumbersDoNotOverflow() {
    try (Engine e = TorchEngine.open(Device.CPU, Precision.FLOAT32)) {
      double[] x = {1000, 1000, -1000, -2000, -2000, -2000, 90, 0, 90};
      float[] p = Softmax.last(e.upload(x, Shape.of(3, 3))).toFloats();
      float third = 1 / 3f;
      assertArrayEquals(new float[] {.5f, .5f, 0, third, third, third, .5f, 0, .5f}, p, 1e-6f);
    }
  }

  private static double[] numbers(String purpose, int count) {
    float[] drawn = new Seed(1).stream(purpose).gaussians(count);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 3 * drawn[i];
    }
    return numbers;
  }
}
