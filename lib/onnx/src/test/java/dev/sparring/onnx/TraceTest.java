package dev.sparring.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.torch.TorchEngine;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations one by one, those too that no layer uses yet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceTest {
  private static final Shape FEATURES = Shape.of(4);
  private static final Shape IMAGE = Shape.of(2, 4, 6);

  private final Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32);

  @AfterAll
  void close() {
    engine.close();
  }

  /** Written for either engine. */
  private interface Function extends BiFunction<Engine, Tensor, Tensor> {}

  private static Arguments on(Shape sample, String name, Function function) {
    return Arguments.of(name, sample, function);
  }

  /** Numbers in which no two places are equal. */
  private static Tensor ramp(Engine e, int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.3f + 0.17f * i;
    }
    return e.upload(values, shape);
  }

  static List<Arguments> operations() {
    return List.of(
        on(FEATURES, "x + c", (e, x) -> x.plus(ramp(e, 4))),
        on(FEATURES, "c + x", (e, x) -> ramp(e, 1, 4).plus(x)),
        on(FEATURES, "x + x", (e, x) -> x.plus(x.tanh())),
        on(FEATURES, "x + 2", (e, x) -> x.plus(2)),
        on(FEATURES, "x - c", (e, x) -> x.minus(ramp(e, 4))),
        on(FEATURES, "c - x", (e, x) -> e.full(2, Shape.SCALAR).minus(x)),
        on(FEATURES, "x c", (e, x) -> x.times(ramp(e, 4))),
        on(FEATURES, "3 x", (e, x) -> x.times(3)),
        on(FEATURES, "c / x", (e, x) -> ramp(e, 4).div(x.abs().plus(1))),
        on(FEATURES, "x / c", (e, x) -> x.div(ramp(e, 4))),
        on(FEATURES, "neg", (e, x) -> x.neg()),
        on(FEATURES, "square", (e, x) -> x.square()),
        on(FEATURES, "sqrt", (e, x) -> x.square().plus(0.5).sqrt()),
        on(FEATURES, "exp", (e, x) -> x.exp()),
        on(FEATURES, "log", (e, x) -> x.abs().plus(0.1).log()),
        on(FEATURES, "softplus", (e, x) -> x.times(30).softplus()),
        on(FEATURES, "detach", (e, x) -> x.tanh().detach().exp()),
        on(FEATURES, "matmul", (e, x) -> x.matmul(ramp(e, 4, 3))),
        on(
            Shape.of(2, 3),
            "products of each sample's matrices",
            (e, x) -> x.permute(0, 2, 1).matmul(x.exp()).matmul(x.permute(0, 2, 1))),
        on(
            Shape.of(2, 3),
            "folded products",
            (e, x) -> x.plus(ramp(e, 4, 1, 2).matmul(ramp(e, 4, 2, 3)).slice(0, 2, 1))),
        on(FEATURES, "sum 1", (e, x) -> x.minus(x.sum(1))),
        on(FEATURES, "sum -1", (e, x) -> x.sum(-1)),
        on(FEATURES, "sum none", (e, x) -> x.sum(new int[0]).plus(1)),
        on(FEATURES, "slice", (e, x) -> x.slice(1, 1, 2)),
        on(FEATURES, "concat", (e, x) -> x.concat(List.of(x.exp(), x.slice(1, 0, 1)), 1)),
        on(
            FEATURES,
            "output that something else was computed from",
            (e, x) -> {
              Tensor y = x.tanh();
              Tensor unused = y.exp();
              return unused.shape().equals(y.shape()) ? y : unused;
            }),
        on(IMAGE, "sum 1 3", (e, x) -> x.sum(1, -1)),
        on(IMAGE, "slice -2", (e, x) -> x.slice(-2, 1, 3)),
        on(IMAGE, "concat -1", (e, x) -> x.concat(List.of(x.neg()), -1)),
        on(IMAGE, "permute", (e, x) -> x.permute(0, 3, -3, 2)),
        on(IMAGE, "x + c", (e, x) -> x.plus(ramp(e, 2, 1, 1)).times(ramp(e, 1, 1, 4, 6))),
        on(
            IMAGE,
            "attention",
            (e, x) -> e.full(0.5, Shape.of(1)).times(x.sigmoid().times(x)).plus(x)),
        on(
            IMAGE,
            "folding",
            (e, x) -> {
              Tensor c = ramp(e, 6, 2).permute(1, 0).reshape(Shape.of(2, 2, 3)).sum(0).neg();
              Tensor numbers = c.slice(1, 0, 1).concat(List.of(c.slice(1, 1, 1)), 1);
              return x.times(numbers.sum().item()).plus(numbers.toFloats()[1]);
            }));
  }

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("operations")
  void onnxRuntimeComputesTheSame(String name, Shape sample, Function function) {
    Trace trace = trace(sample, function);
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(OnnxExport.IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxExport.OPSET))
            .setGraph(
                trace.toProto("test", Values.info("x", sample), Values.info("y", trace.sample())))
            .build();
    try (Ort ort = new Ort(model)) {
      for (int batch : new int[] {1, 3, 7}) {
        float[] values = new Seed(5).stream("x", batch).gaussians(batch * sample.elements());
        Tensor y = function.apply(engine, engine.upload(values, sample.batch(batch)));
        assertArrayEquals(
            y.toFloats(), ort.run(values, sample.batch(batch), y.shape()), 1e-5f, name);
      }
    }
  }

  private Trace trace(Shape sample, Function function) {
    return Trace.of(engine, "test", "x", sample, (e, graph, x) -> function.apply(e, x));
  }

  private static final String MIXING =
      " would mix samples or fix the batch size; ONNX export needs each sample on its own,"
          + " counted by dimension 0";
  private static final String MEANINGLESS = " has no place in an ONNX graph";

  static List<Arguments> refused() {
    return List.of(
        on(FEATURES, "a sum over all elements" + MIXING, (e, x) -> x.sum()),
        on(FEATURES, "a sum over all elements" + MIXING, (e, x) -> x.mean()),
        on(FEATURES, "a sum over dimension 0" + MIXING, (e, x) -> x.sum(1, -2)),
        on(
            FEATURES,
            "a reshape from (2, 4) to (8)" + MIXING,
            (e, x) -> x.reshape(Shape.of(4 * x.shape().dim(0)))),
        on(
            FEATURES,
            "a reshape from (2, 4) to (1, 8)" + MIXING,
            (e, x) -> x.reshape(Shape.of(1, 4 * x.shape().dim(0)))),
        // Right for a batch of two only.
        on(
            FEATURES,
            "a reshape from (3, 4) to (2, 6)" + MIXING,
            (e, x) -> x.reshape(Shape.of(2, 2 * x.shape().dim(0)))),
        on(FEATURES, "a permutation that moves dimension 0" + MIXING, (e, x) -> x.permute(1, 0)),
        on(FEATURES, "a slice along dimension 0" + MIXING, (e, x) -> x.slice(-2, 0, 1)),
        on(
            FEATURES,
            "a concatenation along dimension 0" + MIXING,
            (e, x) -> x.concat(List.of(x), 0)),
        on(
            FEATURES,
            "a concatenation with a constant" + MIXING,
            (e, x) -> e.full(0, x.shape()).concat(List.of(x), 1)),
        on(FEATURES, "Add of (2, 4) and (2, 4)" + MIXING, (e, x) -> x.plus(e.full(1, x.shape()))),
        on(
            FEATURES,
            "Mul of (2, 4) and (3, 2, 4)" + MIXING,
            (e, x) -> x.times(e.full(1, Shape.of(3, x.shape().dim(0), 4)))),
        on(
            FEATURES,
            "Sub of (2, 4) and (2, 1, 4)" + MIXING,
            (e, x) -> x.minus(x.reshape(Shape.of(x.shape().dim(0), 1, 4)))),
        on(
            FEATURES,
            "a matrix product by numbers that depend on the input" + MIXING,
            (e, x) -> e.full(1, Shape.of(3, x.shape().dim(0))).matmul(x)),
        on(
            Shape.of(2, 3),
            "a product of matrices with as many constants" + MIXING,
            (e, x) -> x.matmul(e.full(1, Shape.of(x.shape().dim(0), 3, 2)))),
        on(
            Shape.of(2, 3),
            "a product of matrices with as many constants" + MIXING,
            (e, x) -> e.full(1, Shape.of(x.shape().dim(0), 4, 2)).matmul(x)),
        on(
            FEATURES,
            "a linear map with numbers that depend on the input" + MIXING,
            (e, x) -> x.linear(x, null)),
        on(
            IMAGE,
            "a convolution with numbers that depend on the input" + MIXING,
            (e, x) -> x.conv2d(x, null, 1, 0)),
        on(
            IMAGE,
            "a transposed convolution with numbers that depend on the input" + MIXING,
            (e, x) -> x.convTranspose2d(x, null, 1, 0, 0)),
        on(
            FEATURES,
            "a computation that asks for the batch size" + MIXING,
            (e, x) -> x.exp().times(1.0 / x.shape().dim(0))),
        on(
            FEATURES,
            "a computation that asks for the batch size" + MIXING,
            (e, x) -> x.shape().dim(0) > 2 ? x.exp().log() : x.exp()),
        on(
            IMAGE,
            "batch normalization by the batch's own statistics" + MEANINGLESS,
            (e, x) ->
                x.batchNorm(
                    null, null, e.full(0, Shape.of(2)), e.full(1, Shape.of(2)), true, 0.1, 1e-5)),
        on(FEATURES, "a variable" + MEANINGLESS, (e, x) -> x.variable()),
        on(
            FEATURES,
            "a gradient" + MEANINGLESS,
            (e, x) -> e.gradients(x, List.of(x), false).get(0)),
        on(
            FEATURES,
            "a change in place" + MEANINGLESS,
            (e, x) -> {
              x.assign(x.exp());
              return x;
            }),
        on(
            FEATURES,
            "a change in place" + MEANINGLESS,
            (e, x) -> {
              e.full(1, FEATURES).blend(0.5, e.full(2, FEATURES), 0.5);
              return x;
            }),
        on(
            FEATURES,
            "reading numbers that depend on the input" + MEANINGLESS,
            (e, x) -> x.times(x.exp().toFloats()[0])),
        on(
            FEATURES,
            "reading numbers that depend on the input" + MEANINGLESS,
            (e, x) -> x.times(x.toDoubles()[0])),
        on(
            FEATURES,
            "reading numbers that depend on the input" + MEANINGLESS,
            (e, x) -> x.times(x.slice(1, 0, 1).item())),
        on(
            FEATURES,
            "an output that does not depend on the input" + MEANINGLESS,
            (e, x) -> e.full(1, x.shape())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatNoGraphCanDoIsRefused(String message, Shape sample, Function function) {
    EngineException refused = assertThrows(EngineException.class, () -> trace(sample, function));
    assertEquals("test: " + message, refused.getMessage());
  }

  @Test
  void theTracingEngineIsTheOtherOneWithoutItsAbilities() {
    TracingEngine tracing = new TracingEngine(engine, new Graph(new Initializers(0), "test"));
    assertEquals(engine.name(), tracing.name());
    assertEquals(engine.version(), tracing.version());
    assertEquals(engine.device(), tracing.device());
    assertEquals(engine.precision(), tracing.precision());
    assertEquals(Set.<Ability>of(), tracing.abilities());
  }
}
