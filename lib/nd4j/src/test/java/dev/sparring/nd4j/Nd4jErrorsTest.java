package dev.sparring.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Engines;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Nd4jErrorsTest {
  private final Engine engine = Engines.open("nd4j", Device.CPU, Precision.FLOAT64);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  void saysWhatItIs(Precision precision) {
    try (Engine e = Engines.open("nd4j", Device.CPU, precision)) {
      assertEquals("nd4j", e.name());
      assertEquals(Device.CPU, e.device());
      assertEquals(precision, e.precision());
      assertEquals(Set.of(Ability.SECOND_DERIVATIVES, Ability.BIT_EXACT_REPEATS), e.abilities());
      assertTrue(e.version().matches("ND4J \\d+\\.\\d+\\.\\d+-M[\\d.]+( [\\w-]+)?"), e.version());
    }
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    Tensor rows = ones(2, 3);
    assertMessage("shapes (2, 3) and (2, 4) do not fit together", () -> rows.plus(ones(2, 4)));
    assertMessage("matrices (2, 3) and (2, 3) cannot be multiplied", () -> rows.matmul(rows));
    assertMessage(
        "a bias of shape (2, 1) does not fit 2 channels", () -> rows.linear(rows, ones(2, 1)));
    assertMessage("(2, 3) elements cannot become (5)", () -> rows.reshape(Shape.of(5)));
    assertMessage("(2, 3) has no dimension 2", () -> rows.sum(2));
    assertMessage("(2, 3) has no dimension -3", () -> rows.permute(0, -3));
    assertMessage("(2, 3) has no part [2, 2 + 2) along 1", () -> rows.slice(1, 2, 2));
    assertMessage(
        "shapes (2, 3) and (2, 1) cannot be joined along 0",
        () -> rows.concat(List.of(ones(2, 1)), 0));
    assertMessage("only a tensor of one element is a number, this one is (2, 3)", rows::item);
  }

  @Test
  void imagesThatDoNotFitAreNamed() {
    Tensor images = ones(1, 2, 4, 4);
    assertMessage(
        "images (1, 2, 4, 4) and the kernel (1, 3, 3, 3) do not have as many channels",
        () -> images.conv2d(ones(1, 3, 3, 3), null, 1, 1));
    assertMessage(
        "images (1, 2, 4, 4) with padding 1 are smaller than the kernel (1, 2, 7, 3)",
        () -> images.conv2d(ones(1, 2, 7, 3), null, 2, 1));
    assertMessage(
        "images (1, 2, 4, 4) and the kernel (3, 2, 3, 3) do not have as many channels",
        () -> images.convTranspose2d(ones(3, 2, 3, 3), null, 1, 1, 0));
    assertMessage(
        "a bias of shape (2) does not fit 3 channels",
        () -> images.conv2d(ones(3, 2, 1, 1), ones(2), 1, 0));
    assertMessage(
        "images (1, 2, 4, 4) are smaller than windows of 5 x 5", () -> images.maxPool2d(5, 1));
    assertMessage(
        "images (1, 2, 4, 4) are smaller than windows of 5 x 5", () -> images.avgPool2d(5, 5));
  }

  /** The running statistics are written only on success. */
  @Test
  void batchNormRefusesVectorsOfOtherLengths() {
    Tensor rows = engine.upload(new double[] {1, 2, 3, 4, 5, 6}, Shape.of(3, 2));
    Tensor mean = ones(2);
    assertMessage(
        "a shift of shape (3) does not fit 2 channels",
        () -> rows.batchNorm(null, ones(3), mean, ones(2), true, 0.5, 1e-3));
    assertMessage(
        "a variance of shape (1) does not fit 2 channels",
        () -> rows.batchNorm(null, null, mean, ones(1), true, 0.5, 1e-3));
    assertMessage(
        "a scale of shape (1, 2) does not fit 2 channels",
        () -> rows.batchNorm(ones(1, 2), null, mean, ones(2), false, 0.5, 1e-3));
    assertArrayEquals(new double[] {1, 1}, mean.toDoubles());
  }

  @Test
  void aTensorIsNotUsedAfterItsScope() {
    Tensor[] kept = new Tensor[1];
    engine.scope(() -> kept[0] = ones(2));
    String text = "a tensor was used after the scope that made it had ended";
    assertMessage(text, () -> kept[0].plus(1));
    assertMessage(text, () -> ones(2).plus(kept[0]));
    assertMessage(text, () -> kept[0].toFloats());
    assertMessage(text, () -> kept[0].reshape(Shape.of(1, 2)).toDoubles());
    assertMessage(text, () -> kept[0].assign(ones(2)));
    assertMessage(text, () -> ones(2).blend(1, kept[0], 1));
    // Its memory has been reused.
    engine.scope(
        () -> {
          Tensor next = ones(2);
          assertMessage(text, () -> kept[0].assign(engine.full(7, Shape.of(2))));
          assertArrayEquals(new double[] {1, 1}, next.toDoubles());
        });
  }

  @Test
  void wrongCountsAndShapesAreRefused() {
    assertEquals(
        "shape (2, 3) takes 6 values, got 5",
        assertThrows(
                IllegalArgumentException.class, () -> engine.upload(new float[5], Shape.of(2, 3)))
            .getMessage());
    assertMessage(
        "a tensor of shape (2, 3) cannot take values of shape (3)",
        () -> ones(2, 3).assign(ones(3)));
    assertEquals(
        "only a tensor of one element can be differentiated, this one is (3)",
        assertThrows(
                IllegalArgumentException.class,
                () -> engine.gradients(ones(3), List.of(ones(3)), false))
            .getMessage());
  }

  @Test
  void aCardIsRefusedWhereNd4jIsTheOneForProcessors() {
    assertMessage(
        "no device cuda:1: the ND4J on the class path is the one for processors; use cpu, or put"
            + " the one for CUDA in its place",
        () -> Engines.open("nd4j", Device.parse("cuda:1"), Precision.FLOAT32));
  }

  @Test
  void nativeMessagesAreOneStableLine() {
    assertMessage(
        "ND4J: conv2d failed: Op validation failed",
        () ->
            fail(
                "Op with name 9b859094-2c7e-45cf-aaff-e8e9650c67f7 and op type [conv2d] execution"
                    + " failed with message Op validation failed\nat native frame 1"));
    assertMessage(
        "ND4J: matmul failed",
        () -> fail("Op with name x and op type [matmul] execution failed with message "));
    assertMessage("ND4J: Permute array must have unique elements", () -> ones(2, 3).permute(0, 0));
    assertMessage("ND4J: IllegalStateException", () -> fail(null));
    assertMessage("ND4J: IllegalStateException", () -> fail("\n"));
  }

  private static Object fail(String message) {
    return Failures.translate(
        Engines.open("nd4j", Device.CPU, Precision.FLOAT32),
        () -> {
          throw new IllegalStateException(message);
        });
  }

  private Tensor ones(int... dims) {
    return engine.full(1, Shape.of(dims));
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(EngineException.class, call).getMessage());
  }
}
