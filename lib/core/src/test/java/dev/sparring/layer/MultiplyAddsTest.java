package dev.sparring.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Multiply-adds of one forward pass against hand counts, with no two extents alike. */
class MultiplyAddsTest {
  private static final Shape IMAGE = Shape.of(3, 8, 6);

  @Test
  void dense() {
    assertEquals(7 * 12, Dense.dense(7).multiplyAdds(Shape.of(12)));
    assertEquals(7 * 12, Dense.dense(7).bias(false).multiplyAdds(Shape.of(12)));
  }

  /** Outputs, 5 filters of H' x W', times the 3 channels' taps. */
  @Test
  void conv() {
    assertEquals((5 * 8 * 6) * (3 * 9), Conv.conv(5).multiplyAdds(IMAGE));
    assertEquals((5 * 6 * 4) * (3 * 9), Conv.conv(5).padding(0).multiplyAdds(IMAGE));
    assertEquals((5 * 4 * 3) * (3 * 16), Conv.conv(5).kernel(4).stride(2).multiplyAdds(IMAGE));
  }

  /** Inputs, 3 channels of 8 x 6, times the 5 filters' taps, including cropped products. */
  @Test
  void convTranspose() {
    ConvTranspose twice = ConvTranspose.convTranspose(5);
    assertEquals((3 * 8 * 6) * (5 * 16), twice.multiplyAdds(IMAGE));
    assertEquals((3 * 8 * 6) * (5 * 16), twice.padding(0).multiplyAdds(IMAGE));
    assertEquals((3 * 8 * 6) * (5 * 9), twice.kernel(3).outputPadding(1).multiplyAdds(IMAGE));
    assertEquals((3 * 8 * 6) * (5 * 16), twice.stride(4).multiplyAdds(IMAGE));
  }

  @Test
  void countsPastAnInt() {
    assertEquals(512L * 64 * 64 * 256 * 9, Conv.conv(512).multiplyAdds(Shape.of(256, 64, 64)));
    assertEquals(
        256L * 64 * 64 * 512 * 16,
        ConvTranspose.convTranspose(512).multiplyAdds(Shape.of(256, 64, 64)));
    assertEquals(60_000L * 60_000, Dense.dense(60_000).multiplyAdds(Shape.of(60_000)));
  }

  @Test
  void theRestIsNotLinearWork() {
    for (Layer layer :
        List.<Layer>of(
            BatchNorm.batchNorm(),
            Relu.relu(),
            Dropout.dropout(),
            Flatten.flatten(),
            Upsample.upsample(),
            AvgPool.avgPool(),
            MaxPool.maxPool())) {
      assertEquals(0, layer.multiplyAdds(IMAGE), layer.summary());
    }
  }
}
