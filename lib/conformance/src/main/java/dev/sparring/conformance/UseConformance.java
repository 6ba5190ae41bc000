package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Wrong use of an engine and its limits: one line each, and never a crash of the process. */
public interface UseConformance extends EngineUnderTest {
  /** Every operation with two operands or more, each given a tensor that may be wrong. */
  private static Map<String, Consumer<Tensor>> operands(Engine e) {
    Shape images = Shape.of(2, 1, 2, 2);
    Tensor x = e.full(1, images);
    Tensor matrix = e.full(1, Shape.of(2, 2));
    Tensor one = e.full(1, Shape.of(1));
    Map<String, Consumer<Tensor>> all = new LinkedHashMap<>();
    all.put("plus", matrix::plus);
    all.put("minus", matrix::minus);
    all.put("times", matrix::times);
    all.put("div", matrix::div);
    all.put("matmul", matrix::matmul);
    all.put("linear", t -> matrix.linear(t, null));
    all.put("linear's bias", t -> matrix.linear(matrix, t));
    all.put("conv2d", t -> x.conv2d(t, null, 1, 1));
    all.put("conv2d's bias", t -> x.conv2d(e.full(1, Shape.of(1, 1, 1, 1)), t, 1, 1));
    all.put("convTranspose2d", t -> x.convTranspose2d(t, null, 1, 0, 0));
    all.put("batchNorm's scale", t -> x.batchNorm(t, null, one, one, true, 0.1, 1e-5));
    all.put("batchNorm's shift", t -> x.batchNorm(null, t, one, one, true, 0.1, 1e-5));
    all.put("batchNorm's mean", t -> x.batchNorm(null, null, t, one, true, 0.1, 1e-5));
    all.put("batchNorm's variance", t -> x.batchNorm(null, null, one, t, false, 0.1, 1e-5));
    all.put("concat", t -> matrix.concat(List.of(matrix, t), 0));
    all.put("assign", matrix::assign);
    all.put("blend", t -> matrix.blend(0.5, t, 0.5));
    all.put("gradients of", t -> e.gradients(t, List.of(matrix), false));
    all.put("gradients by", t -> e.gradients(matrix.sum(), List.of(t), false));
    all.put("gradients of a part", t -> e.gradients(() -> t, List.of(matrix)));
    all.put("gradients of a part by", t -> e.gradients(matrix::sum, List.of(t)));
    all.put("areFinite", t -> e.areFinite(List.of(t)));
    all.put("keep", t -> e.keep(() -> List.of(t)));
    return all;
  }

  /** Every operation on a tensor alone, and of the engine. */
  private static Map<String, Executable> operations(Engine e) {
    Tensor x = e.full(1, Shape.of(2, 1, 2, 2));
    Tensor number = e.full(1, Shape.SCALAR);
    Map<String, Executable> all = new LinkedHashMap<>();
    all.put("plus", () -> x.plus(1));
    all.put("times", () -> x.times(2));
    all.put("neg", x::neg);
    all.put("square", x::square);
    all.put("sqrt", x::sqrt);
    all.put("exp", x::exp);
    all.put("log", x::log);
    all.put("abs", x::abs);
    all.put("relu", x::relu);
    all.put("leakyRelu", () -> x.leakyRelu(0.1));
    all.put("elu", () -> x.elu(1));
    all.put("silu", x::silu);
    all.put("gelu", x::gelu);
    all.put("tanh", x::tanh);
    all.put("sigmoid", x::sigmoid);
    all.put("softplus", x::softplus);
    all.put("avgPool2d", () -> x.avgPool2d(2, 2));
    all.put("maxPool2d", () -> x.maxPool2d(2, 2));
    all.put("upsampleNearest2d", () -> x.upsampleNearest2d(2));
    all.put("upsampleNearest2d by 3", () -> x.upsampleNearest2d(3));
    all.put("sum", () -> x.sum());
    all.put("sum over one", () -> x.sum(1));
    all.put("mean", x::mean);
    all.put("norm", x::norm);
    all.put("reshape", () -> x.reshape(Shape.of(8)));
    all.put("permute", () -> x.permute(0, 2, 3, 1));
    all.put("slice", () -> x.slice(0, 0, 1));
    all.put("concat", () -> x.concat(List.of(), 0));
    all.put("detach", x::detach);
    all.put("variable", x::variable);
    all.put("assign", () -> x.assign(x));
    all.put("blend", () -> x.blend(0.5, x, 0.5));
    all.put("item", number::item);
    all.put("toFloats", x::toFloats);
    all.put("toDoubles", x::toDoubles);
    all.put("gradients", () -> e.gradients(number, List.of(x), false));
    all.put("gradients of a part", () -> e.gradients(() -> number, List.of(x)));
    all.put("areFinite", () -> e.areFinite(List.of(x)));
    all.put("upload floats", () -> e.upload(new float[1], Shape.of(1)));
    all.put("upload doubles", () -> e.upload(new double[1], Shape.of(1)));
    all.put("full", () -> e.full(1, Shape.of(1)));
    all.put("scope", () -> e.scope(() -> {}));
    all.put("keep", () -> e.keep(List::of));
    all.put("withoutGradients", () -> e.withoutGradients(() -> 1));
    return all;
  }

  /** A closed engine computes nothing, and may be closed again. */
  @Test
  default void aClosedEngineIsRefused() {
    for (Precision precision : EngineUnderTest.FORMATS) {
      Engine e = open(precision);
      Map<String, Executable> operations = operations(e);
      Map<String, Consumer<Tensor>> operands = operands(e);
      Tensor matrix = e.full(1, Shape.of(2, 2));
      String text = "the engine " + e.description() + " is closed";
      e.close();
      e.close();
      operations.forEach((name, use) -> line(text, name, use));
      operands.forEach((name, use) -> line(text, name, () -> use.accept(matrix)));
      assertEquals(precision, e.precision());
    }
  }

  /** Engines are closed one by one, also in a scope of theirs. */
  @Test
  default void anotherEngineStaysOpen() {
    try (Engine e = open(Precision.FLOAT32)) {
      Tensor x = e.full(1, Shape.of(2));
      Engine other = open(Precision.FLOAT32);
      other.scope(
          () -> {
            other.full(3, Shape.of(2)).plus(1);
            other.close();
          });
      e.scope(() -> assertArrayEquals(new double[] {2, 2}, x.plus(1).toDoubles()));
    }
  }

  /** A tensor of another instance: of the same kind, of another precision, or of no engine here. */
  @Test
  default void aTensorOfAnotherEngineIsRefused() {
    try (Engine e = open(Precision.FLOAT32);
        Engine same = open(Precision.FLOAT32);
        Engine wide = open(Precision.FLOAT64);
        Engine strange = StrangeEngine.open()) {
      Shape shape = Shape.of(2, 2);
      Map<String, Consumer<Tensor>> operands = operands(e);
      String end = " was given to the engine " + e.description() + "; upload its numbers there";
      for (Engine other : List.of(same, wide, strange)) {
        String which = other == same ? "another engine " : "the engine ";
        String text = "a tensor of " + which + other.description() + end;
        Tensor given = other.full(1, shape);
        operands.forEach((name, use) -> line(text, name, () -> use.accept(given)));
      }
      assertSame(e, e.full(1, shape).plus(1).engine());
    }
  }

  /** A tensor whose scope has ended, as the first operand and as any other. */
  @Test
  default void aFreedTensorIsRefused() {
    try (Engine e = open(Precision.FLOAT32)) {
      Map<String, Consumer<Tensor>> operands = operands(e);
      operands.keySet().removeIf(name -> name.startsWith("gradients")); // may need no number of it
      Map<String, Executable> alone = new LinkedHashMap<>();
      Tensor[] freed = new Tensor[4];
      e.scope(
          () -> {
            alone.putAll(operations(e));
            freed[0] = e.full(1, Shape.of(2, 2));
            freed[1] = e.full(1, Shape.of(1));
            freed[2] = e.full(1, Shape.of(2));
            freed[3] = e.full(1, Shape.of(1, 1, 1, 1));
          });
      alone.keySet().removeIf(UseConformance::readsNothing);
      String text = "a tensor was used after the scope that made it had ended";
      alone.forEach((name, use) -> line(text, name, use));
      operands.forEach((name, use) -> line(text, name, () -> use.accept(fitting(name, freed))));
      assertEquals(4, e.full(1, Shape.of(2, 2)).sum().item());
    }
  }

  /** What may give a tensor of the same freed memory, or needs no freed one. */
  private static boolean readsNothing(String operation) {
    return List.of(
            "concat",
            "detach",
            "variable",
            "reshape",
            "gradients",
            "gradients of a part",
            "upload floats",
            "upload doubles",
            "full",
            "scope",
            "keep",
            "withoutGradients")
        .contains(operation);
  }

  private static Tensor fitting(String operand, Tensor[] freed) {
    if (operand.contains("linear's bias")) {
      return freed[2];
    }
    if (List.of("conv2d", "convTranspose2d").contains(operand)) {
      return freed[3];
    }
    return freed[operand.contains("batchNorm") || operand.contains("conv2d's bias") ? 1 : 0];
  }

  /** Large numbers are finite though their sum is not; one that is none is found anywhere. */
  @Test
  default void numbersThatAreNotFiniteAreFound() {
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine e = open(precision)) {
        Tensor small = e.upload(new double[] {0, -1, 2}, Shape.of(3));
        Tensor large = e.upload(new double[] {3e38, 3e38, -1e-30, 0}, Shape.of(2, 2));
        assertTrue(e.areFinite(List.of()));
        assertTrue(e.areFinite(List.of(small, large, e.full(-3e38, Shape.of(2, 3, 2, 2)))));
        for (double bad :
            new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
          Tensor t = e.upload(new double[] {1, 2, bad, 4, 5, 6}, Shape.of(2, 3));
          assertFalse(e.areFinite(List.of(t)), "only " + bad);
          assertFalse(e.areFinite(List.of(t, large)), bad + " first");
          assertFalse(e.areFinite(List.of(small, large, t)), bad + " last");
        }
      }
    }
  }

  /** Numbers are rounded to the engine's precision as elements are, on every engine alike. */
  @Test
  default void hugeNumbersAreInfiniteInSinglePrecision() {
    for (Precision precision : EngineUnderTest.FORMATS) {
      double infinite = precision == Precision.FLOAT32 ? Double.POSITIVE_INFINITY : 1e300;
      try (Engine e = open(precision)) {
        Shape one = Shape.of(1);
        Tensor x = e.full(1, one);
        assertEquals(infinite, e.full(1e300, one).item());
        assertEquals(infinite, x.times(1e300).item());
        assertEquals(infinite, x.plus(1e300).item());
        Tensor t = e.full(0, one);
        t.blend(1, x, 1e300);
        assertEquals(infinite, t.item());
        t.assign(e.full(1, one));
        t.blend(-1e300, x, 1);
        assertEquals(-infinite, t.item());
        assertEquals(0, e.full(1e-300, one).item(), 1e-299);
      }
    }
  }

  private static void line(String expected, String what, Executable use) {
    assertEquals(expected, assertThrows(EngineException.class, use, what).getMessage(), what);
  }
}
