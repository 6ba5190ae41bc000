package dev.sparring.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Output shapes against hand counts, and the text of every refusal. */
class LayerShapeTest {
  private static final Shape FEATURES = Shape.of(12);
  private static final Shape IMAGE = Shape.of(3, 8, 6);

  @Test
  void dense() {
    assertEquals(Shape.of(7), Dense.dense(7).outputShape(FEATURES));
    assertEquals(List.of(Shape.of(7, 12), Shape.of(7)), shapes(Dense.dense(7), FEATURES));
    assertEquals(List.of(Shape.of(7, 12)), shapes(Dense.dense(7).bias(false), FEATURES));
    refuses("needs features (F), got (3, 8, 6); put a flatten before it", Dense.dense(7), IMAGE);
    refuses("units must be >= 1, got 0", () -> Dense.dense(0));
  }

  @Test
  void conv() {
    assertEquals(Shape.of(5, 8, 6), Conv.conv(5).outputShape(IMAGE));
    assertEquals(Shape.of(5, 4, 3), Conv.conv(5).kernel(4).stride(2).outputShape(IMAGE));
    assertEquals(Shape.of(5, 4, 3), Conv.conv(5).stride(2).outputShape(IMAGE));
    assertEquals(Shape.of(5, 3, 2), Conv.conv(5).stride(2).padding(0).outputShape(IMAGE));
    assertEquals(Shape.of(5, 8, 6), Conv.conv(5).kernel(1).outputShape(IMAGE));
    assertEquals(List.of(Shape.of(5, 3, 3, 3), Shape.of(5)), shapes(Conv.conv(5), IMAGE));
    refuses(
        "needs images (C, H, W), got (12); put a reshape to (C, H, W) before it",
        Conv.conv(5),
        FEATURES);
    refuses("needs images (C, H, W), got (3, 4)", Conv.conv(5), Shape.of(3, 4));
    refuses(
        "does not fit inside (3, 8, 6): its output would be 2 x 0; use a smaller kernel or stride,"
            + " or more padding",
        Conv.conv(5).kernel(7).padding(0),
        IMAGE);
    refuses("filters must be >= 1, got -1", () -> Conv.conv(-1));
    refuses("kernel must be >= 1, got 0", () -> Conv.conv(1).kernel(0));
    refuses("stride must be >= 1, got 0", () -> Conv.conv(1).stride(0));
    refuses("padding must be >= 0, got -1", () -> Conv.conv(1).padding(-1));
  }

  /** The default padding gives H / stride if the kernel is odd or the stride even. */
  @Test
  void convKeepsItsPromiseOfSize() {
    for (int stride = 1; stride <= 4; stride++) {
      for (int kernel = stride; kernel <= 7; kernel++) {
        if (kernel % 2 == 1 || stride % 2 == 0) {
          Shape out = Conv.conv(1).kernel(kernel).stride(stride).outputShape(Shape.of(1, 24, 24));
          assertEquals(
              Shape.of(1, 24 / stride, 24 / stride), out, "kernel " + kernel + " /" + stride);
        }
      }
    }
  }

  /** TensorFlow's rule: n / stride rounded up, n * stride. */
  @Test
  void padSameFitsExactly() {
    for (int stride = 1; stride <= 4; stride++) {
      for (int kernel = 1; kernel <= 7; kernel++) {
        for (int n = 3; n < 12; n++) {
          Shape image = Shape.of(1, n, 2 * n + 1);
          assertEquals(
              Shape.of(2, (n + stride - 1) / stride, (2 * n + stride) / stride),
              Conv.conv(2).kernel(kernel).stride(stride).pad(PadRule.SAME).outputShape(image));
          assertEquals(
              Shape.of(2, n * stride, (2 * n + 1) * stride),
              ConvTranspose.convTranspose(2)
                  .kernel(kernel)
                  .stride(stride)
                  .pad(PadRule.SAME)
                  .outputShape(image));
        }
      }
    }
  }

  @Test
  void pad() {
    assertEquals(Shape.of(5, 6, 4), Conv.conv(5).pad(PadRule.VALID).outputShape(IMAGE));
    assertEquals(Conv.conv(5).border(8), Conv.conv(5).pad(PadRule.EVEN).border(8));
    assertEquals(new Border(1, 2), Conv.conv(5).kernel(5).stride(2).pad(PadRule.SAME).border(8));
    assertEquals(
        new Border(1, 2), ConvTranspose.convTranspose(5).kernel(5).pad(PadRule.SAME).border());
    assertEquals("conv 5 3x3 pad same", Conv.conv(5).pad(PadRule.SAME).summary());
    assertEquals("convTranspose 5 4x4 stride 2", transposed(PadRule.VALID).summary());
    assertEquals(
        Shape.of(5, 18, 14), ConvTranspose.convTranspose(5).pad(PadRule.VALID).outputShape(IMAGE));
    refuses(
        "padding and pad exclude each other: give a number or a rule, got 1 and same",
        () -> new Conv(1, 3, 1, 1, PadRule.SAME, 1, true, null, null, 1));
    refuses(
        "has outputPadding 1 with pad same, which makes sizes fit by itself; give padding a number,"
            + " or leave outputPadding out",
        transposed(PadRule.SAME).outputPadding(1),
        IMAGE);
  }

  private static ConvTranspose transposed(PadRule pad) {
    return ConvTranspose.convTranspose(5).pad(pad);
  }

  @Test
  void convTranspose() {
    assertEquals(Shape.of(5, 16, 12), ConvTranspose.convTranspose(5).outputShape(IMAGE));
    assertEquals(
        Shape.of(5, 4, 4),
        ConvTranspose.convTranspose(5).stride(1).padding(0).outputShape(Shape.of(9, 1, 1)));
    assertEquals(
        Shape.of(5, 16, 12),
        ConvTranspose.convTranspose(5).kernel(3).outputPadding(1).outputShape(IMAGE));
    assertEquals(
        List.of(Shape.of(3, 5, 4, 4), Shape.of(5)), shapes(ConvTranspose.convTranspose(5), IMAGE));
    refuses(
        "needs images (C, H, W), got (12); put a reshape to (C, H, W) before it",
        ConvTranspose.convTranspose(5),
        FEATURES);
    refuses(
        "does not fit inside (3, 8, 6): its output would be 8 x 0; use a smaller kernel or stride,"
            + " or more padding",
        ConvTranspose.convTranspose(5).kernel(2).stride(4).padding(11),
        IMAGE);
    refuses(
        "outputPadding must be < stride (2), got 2",
        () -> ConvTranspose.convTranspose(5).outputPadding(2));
  }

  @Test
  void convTransposeKeepsItsPromiseOfSize() {
    for (int stride = 1; stride <= 4; stride++) {
      for (int kernel = stride; kernel <= 8; kernel += 2) {
        Shape out =
            ConvTranspose.convTranspose(1)
                .kernel(kernel)
                .stride(stride)
                .outputShape(Shape.of(1, 5, 7));
        assertEquals(Shape.of(1, 5 * stride, 7 * stride), out, "kernel " + kernel + " *" + stride);
      }
    }
  }

  @Test
  void reshapeAndFlatten() {
    assertEquals(Shape.of(3, 2, 2), Reshape.reshape(3, 2, 2).outputShape(FEATURES));
    assertEquals(Shape.of(144), Flatten.flatten().outputShape(IMAGE));
    refuses(
        "cannot turn (12), 12 numbers, into (3, 2, 3), which holds 18",
        Reshape.reshape(3, 2, 3),
        FEATURES);
    refuses("shape must have at least one extent", Reshape::reshape);
    refuses("shape must have at most 16 extents, got 17", () -> Reshape.reshape(new int[17]));
    refuses("every extent of shape must be >= 1, got 0", () -> Reshape.reshape(3, 0));
  }

  @Test
  void resizing() {
    assertEquals(Shape.of(3, 24, 18), Upsample.upsample(3).outputShape(IMAGE));
    assertEquals(Shape.of(3, 4, 3), AvgPool.avgPool().outputShape(IMAGE));
    assertEquals(Shape.of(3, 3, 2), MaxPool.maxPool().kernel(3).stride(2).outputShape(IMAGE));
    refuses(
        "needs images (C, H, W), got (12); put a reshape to (C, H, W) before it",
        Upsample.upsample(),
        FEATURES);
    refuses(
        "does not fit inside (3, 8, 6): its output would be 2 x 0; use a smaller kernel or stride,"
            + " or more padding",
        MaxPool.maxPool().kernel(7).stride(1),
        IMAGE);
    refuses("factor must be >= 1, got 0", () -> Upsample.upsample(0));
    refuses("kernel must be >= 1, got 0", () -> AvgPool.avgPool().kernel(0));
    refuses("stride must be >= 1, got 0", () -> MaxPool.maxPool().stride(0));
  }

  @Test
  void theRestKeepTheShape() {
    for (Layer layer :
        List.<Layer>of(BatchNorm.batchNorm(), Dropout.dropout(), Relu.relu(), Tanh.tanh())) {
      assertEquals(IMAGE, layer.outputShape(IMAGE));
      assertEquals(FEATURES, layer.outputShape(FEATURES));
    }
    assertEquals(List.of(Shape.of(3), Shape.of(3)), shapes(BatchNorm.batchNorm(), IMAGE));
    assertEquals(List.of(), shapes(BatchNorm.batchNorm().affine(false), IMAGE));
    refuses("rate must be in [0, 1), got 1.0", () -> Dropout.dropout(1));
    refuses("slope must be in [0, 1), got -0.1", () -> LeakyRelu.leakyRelu(-0.1));
    refuses("eps must be > 0, got 0.0", () -> BatchNorm.batchNorm().eps(0));
    refuses("momentum must be in (0, 1], got 0.0", () -> BatchNorm.batchNorm().momentum(0));
  }

  /** Forward fans of a convolution: kernel^2 times the channels on each side. */
  @Test
  void fansOfConv() {
    Parameter weight = Conv.conv(5).kernel(4).stride(2).parameters(IMAGE).get(0);
    assertEquals(48, weight.fans().in());
    assertEquals(80, weight.fans().out());
    assertEquals(0, weight.outputAxis());
  }

  /**
   * Forward fans of a transposed convolution by counting: how many products meet at one output, on
   * average over the outputs that the border does not cut, and into how many one input goes.
   */
  @Test
  void fansOfConvTranspose() {
    int in = 3;
    int filters = 5;
    for (int stride = 1; stride <= 4; stride++) {
      for (int kernel = stride; kernel <= 5; kernel++) {
        Parameter weight =
            ConvTranspose.convTranspose(filters)
                .kernel(kernel)
                .stride(stride)
                .parameters(Shape.of(in, 8, 8))
                .get(0);
        String what = "kernel " + kernel + " *" + stride;
        double along = contributions(kernel, stride);
        assertEquals(in * along * along, weight.fans().in(), 1e-9, what);
        assertEquals(filters * kernel * kernel, weight.fans().out(), what);
        assertEquals(1, weight.outputAxis(), what);
      }
    }
  }

  /** Products that meet at an output along one side, averaged over whole periods of the stride. */
  private static double contributions(int kernel, int stride) {
    int inputs = 20;
    int[] met = new int[inputs * stride + kernel];
    for (int i = 0; i < inputs; i++) {
      for (int k = 0; k < kernel; k++) {
        met[i * stride + k]++;
      }
    }
    int from = 8 * stride;
    int periods = 4;
    double sum = 0;
    for (int o = from; o < from + periods * stride; o++) {
      sum += met[o];
    }
    return sum / (periods * stride);
  }

  private static List<Shape> shapes(Layer layer, Shape input) {
    return layer.parameters(input).stream().map(Parameter::shape).toList();
  }

  private static void refuses(String message, Layer layer, Shape input) {
    refuses(message, () -> layer.outputShape(input));
  }

  private static void refuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
