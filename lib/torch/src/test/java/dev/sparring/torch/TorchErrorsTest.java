package dev.sparring.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Engines;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TorchErrorsTest {
  private final Engine engine = Engines.open("torch", Device.CPU, Precision.FLOAT64);

  @Test
  void saysWhatItIs() {
    assertEquals("torch", engine.name());
    assertEquals(Device.CPU, engine.device());
    assertEquals(Set.of(Ability.values()), engine.abilities());
    assertTrue(engine.version().matches("libtorch \\d+\\.\\d+\\.\\d+-.*"), engine.version());
  }

  @Test
  void nativeMessagesLoseTheirStack() {
    Tensor a = engine.full(1, Shape.of(2, 3));
    assertMessage(
        "libtorch: The size of tensor a (3) must match the size of tensor b (4) at non-singleton"
            + " dimension 1",
        () -> a.plus(engine.full(1, Shape.of(2, 4))));
    assertMessage(
        "libtorch: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", () -> a.matmul(a));
  }

  @Test
  void aTensorIsNotUsedAfterItsScope() {
    Tensor[] kept = new Tensor[1];
    engine.scope(() -> kept[0] = engine.full(1, Shape.of(2)));
    String text = "a tensor was used after the scope that made it had ended";
    assertMessage(text, () -> kept[0].plus(1));
    assertMessage(text, () -> engine.full(1, Shape.of(2)).plus(kept[0]));
    assertMessage(text, () -> kept[0].toFloats());
    assertMessage(text, () -> kept[0].shape());
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
        () -> engine.full(1, Shape.of(2, 3)).assign(engine.full(1, Shape.of(3))));
  }

  @Test
  void aMissingCardIsSaidInOneLine() {
    assumeFalse(torch.cuda_is_available());
    assertMessage(
        "no device cuda:1: this libtorch has no CUDA, or finds no card; use cpu",
        () -> TorchEngine.open(Device.parse("cuda:1"), Precision.FLOAT32));
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(EngineException.class, call).getMessage());
  }
}
