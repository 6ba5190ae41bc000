package dev.sparring.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BatchTest {
  /** 589,824 roundings of each channel, all to the same side. */
  @Test
  void statisticsOfLargeBatchesKeepTheirDigits() {
    try (Engine e = Nd4jEngine.open(Device.CPU, Precision.FLOAT32)) {
      e.scope(
          () -> {
            Tensor mean = e.full(0, Shape.of(2));
            Tensor variance = e.full(7, Shape.of(2));
            e.full(0.1, Shape.of(64, 2, 96, 96))
                .batchNorm(null, null, mean, variance, true, 1, 1e-3);
            assertArrayEquals(new float[] {0.1f, 0.1f}, mean.toFloats(), 1e-6f);
            assertArrayEquals(new float[2], variance.toFloats(), 1e-10f);
          });
    }
  }
}
