package dev.sparring.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
  /** libnd4j's gradient and the one that can be differentiated again take the same of equals. */
  @Test
  void bothGradientsOfAMaximumTakeTheFirstOfEquals() {
    try (Engine e = Nd4jEngine.open(Device.CPU, Precision.FLOAT64)) {
      Tensor x = e.full(1, Shape.of(1, 1, 3, 3)).variable();
      Tensor y = x.maxPool2d(2, 1).sum();
      double[] corners = {1, 1, 0, 1, 1, 0, 0, 0, 0};
      for (boolean differentiable : new boolean[] {false, true}) {
        assertArrayEquals(corners, e.gradients(y, List.of(x), differentiable).get(0).toDoubles());
      }
    }
  }
}
