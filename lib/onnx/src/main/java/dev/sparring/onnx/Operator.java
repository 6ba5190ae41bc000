package dev.sparring.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The nodes for an operation of the engine interface: mostly one, sometimes a few. */
@FunctionalInterface
interface Operator {
  /**
   * Appends it to a graph.
   *
   * @param inputs what the graph calls the operands
   * @param output the shape of the result for the traced batch
   * @return what the graph calls the result
   */
  String append(Graph graph, List<String> inputs, Shape output);

  /** This with a vector of integers after the operands. */
  default Operator with(String hint, long... values) {
    return (graph, inputs, output) -> {
      List<String> all = new ArrayList<>(inputs);
      all.add(graph.initializers().longs(graph.here(hint), values));
      return append(graph, all, output);
    };
  }

  /** A single node. */
  static Operator of(String type, AttributeProto... attributes) {
    return (graph, inputs, output) -> graph.node(type, inputs, output, attributes);
  }

  /** A node with a number after its operands. */
  static Operator withNumber(String type, double number) {
    return (graph, inputs, output) ->
        graph.node(type, List.of(inputs.get(0), number(graph, number)), output);
  }

  /** x * sigmoid(x); the operator Swish came with opset 24. */
  static Operator silu() {
    return (graph, inputs, output) -> {
      String x = inputs.get(0);
      return graph.node("Mul", List.of(x, graph.node("Sigmoid", inputs, output)), output);
    };
  }

  /** x * (erf(x / sqrt 2) + 1) / 2 in the order that runtimes can fuse; Gelu came with opset 20. */
  static Operator gelu() {
    return (graph, inputs, output) -> {
      String x = inputs.get(0);
      String z = graph.node("Div", List.of(x, number(graph, Math.sqrt(2))), output);
      String erf = graph.node("Erf", List.of(z), output);
      String twicePhi = graph.node("Add", List.of(erf, number(graph, 1)), output);
      String product = graph.node("Mul", List.of(x, twicePhi), output);
      return graph.node("Mul", List.of(product, number(graph, 0.5)), output);
    };
  }

  /** x W^T + b. */
  static Operator linear() {
    return of("Gemm", Attributes.of("transB", 1L));
  }

  /** A convolution with a weight of that shape. */
  static Operator conv(Shape weight, int stride, int padding) {
    return of(
        "Conv", kernelShape(weight), Attributes.both("strides", stride), Attributes.pads(padding));
  }

  /** A convolution in groups with a weight of that shape. */
  static Operator conv(Shape weight, int stride, int padding, int groups) {
    return of(
        "Conv",
        kernelShape(weight),
        Attributes.both("strides", stride),
        Attributes.pads(padding),
        Attributes.of("group", groups));
  }

  /** A transposed convolution with a weight of that shape. */
  static Operator convTranspose(Shape weight, int stride, int padding, int outputPadding) {
    return of(
        "ConvTranspose",
        kernelShape(weight),
        Attributes.both("strides", stride),
        Attributes.pads(padding),
        Attributes.both("output_padding", outputPadding));
  }

  /** Batch normalization of x by mean and variance, with scale and shift before them if given. */
  static Operator batchNorm(boolean scaled, boolean shifted, double eps) {
    Operator node = of("BatchNormalization", Attributes.of("epsilon", eps));
    return (graph, inputs, output) -> {
      List<String> all = new ArrayList<>(inputs);
      if (!scaled) {
        all.add(1, repeated(graph, "ones", 1, output.dim(1)));
      }
      if (!shifted) {
        all.add(2, repeated(graph, "zeros", 0, output.dim(1)));
      }
      return node.append(graph, all, output);
    };
  }

  /** A pooling without padding. */
  static Operator pool(String type, int kernel, int stride) {
    return of(type, Attributes.both("kernel_shape", kernel), Attributes.both("strides", stride));
  }

  /** Resize with the one coordinate rule that repeats pixels exactly: floor(i / factor). */
  static Operator upsample(int factor) {
    Operator node =
        of(
            "Resize",
            Attributes.of("mode", "nearest"),
            Attributes.of("coordinate_transformation_mode", "asymmetric"),
            Attributes.of("nearest_mode", "floor"));
    String noRegion = "";
    return (graph, inputs, output) -> {
      String scales = graph.initializers().vector(graph.here("scales"), 1, 1, factor, factor);
      return node.append(graph, List.of(inputs.get(0), noRegion, scales), output);
    };
  }

  /** The part [start, end) along one dimension. */
  static Operator slice(int axis, int start, int end) {
    Operator node = of("Slice");
    return (graph, inputs, output) -> {
      Initializers all = graph.initializers();
      String starts = all.longs(graph.here("starts"), start);
      String ends = all.longs(graph.here("ends"), end);
      String axes = all.longs(graph.here("axes"), axis);
      return node.append(graph, List.of(inputs.get(0), starts, ends, axes), output);
    };
  }

  private static AttributeProto kernelShape(Shape weight) {
    return Attributes.of("kernel_shape", new int[] {weight.dim(2), weight.dim(3)});
  }

  private static String number(Graph graph, double number) {
    return graph.initializers().scalar(graph.here("number"), number);
  }

  private static String repeated(Graph graph, String hint, float number, int count) {
    float[] values = new float[count];
    Arrays.fill(values, number);
    return graph.initializers().vector(graph.here(hint), values);
  }
}
