package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Each differentiable operation of the seam at asymmetric inputs, and some chains of them. */
final class GradientCases {
  private final List<GradientCase> cases = new ArrayList<>();
  private int drawn;

  private GradientCases() {}

  static Stream<GradientCase> all() {
    GradientCases all = new GradientCases();
    all.arithmetic();
    all.elementwise();
    all.linearMaps();
    all.batchNorm();
    all.resizing();
    all.shapes();
    all.chains();
    return all.cases.stream();
  }

  private void arithmetic() {
    binary("plus", Tensor::plus);
    binary("minus", Tensor::minus);
    binary("times", Tensor::times);
    binary("div", Tensor::div);
    unary("plus number", t -> t.plus(0.7));
    unary("times number", t -> t.times(-1.3));
    unary("neg", Tensor::neg);
    unary("square", Tensor::square);
    unary("mean", Tensor::mean);
    unary("norm", Tensor::norm);
  }

  /** Same shape, and broadcasting on either side; the second operand stays off zero. */
  private void binary(String name, BinaryOperator<Tensor> f) {
    int[][][] shapes = {
      {{2, 3, 2, 4}, {2, 3, 2, 4}},
      {{2, 3, 2, 4}, {1, 3, 1, 1}},
      {{2, 1, 2, 1}, {3, 1, 4}},
      {{3, 4}, {}},
      {{}, {2, 3}},
      {{5}, {3, 1}},
      {{2, 3, 2, 2}, {2, 1, 1, 1, 1}},
      {{2, 1, 1, 1, 1}, {2, 3, 2, 2}}
    };
    for (int[][] s : shapes) {
      Values a = Values.random(11, s[0]);
      Values b = Values.random(23, s[1]).scaled(0.4, 1.5);
      add(name + " " + a.shape() + " " + b.shape(), (e, in) -> f.apply(in.get(0), in.get(1)), a, b);
    }
  }

  private void elementwise() {
    positive("sqrt", Tensor::sqrt);
    positive("log", Tensor::log);
    unary("exp", Tensor::exp);
    unary("abs", Tensor::abs);
    unary("relu", Tensor::relu);
    unary("leakyRelu", t -> t.leakyRelu(0.2));
    unary("elu", t -> t.elu(0.7));
    unary("silu", Tensor::silu);
    unary("gelu", Tensor::gelu);
    unary("tanh", Tensor::tanh);
    unary("sigmoid", Tensor::sigmoid);
    unary("softplus", Tensor::softplus);
  }

  private void unary(String name, UnaryOperator<Tensor> f) {
    add(name, (e, in) -> f.apply(in.get(0)), Values.random(31, 2, 3, 2, 3).scaled(2, 0));
  }

  private void positive(String name, UnaryOperator<Tensor> f) {
    add(name, (e, in) -> f.apply(in.get(0)), Values.random(37, 2, 3, 2, 3).scaled(0.4, 1));
  }

  private void linearMaps() {
    add("matmul", (e, in) -> in.get(0).matmul(in.get(1)), random(3, 4), random(4, 2));
    add("matmul by a column", (e, in) -> in.get(0).matmul(in.get(1)), random(3, 4), random(4, 1));
    add(
        "matmul of a transpose",
        (e, in) -> in.get(0).permute(1, 0).matmul(in.get(1)),
        random(3, 4),
        random(3, 1));
    add(
        "matmul of several",
        (e, in) -> in.get(0).matmul(in.get(1)),
        random(2, 3, 4),
        random(2, 4, 5));
    add(
        "matmul of several by a column",
        (e, in) -> in.get(0).matmul(in.get(1)),
        random(3, 2, 4),
        random(3, 4, 1));
    add(
        "matmul of several transposed",
        (e, in) -> in.get(0).permute(0, 2, 1).matmul(in.get(1).permute(0, 2, 1)),
        random(2, 4, 3),
        random(2, 5, 4));
    add(
        "linear",
        (e, in) -> in.get(0).linear(in.get(1), in.get(2)),
        random(3, 4),
        random(2, 4),
        random(2));
    add(
        "linear, no bias",
        (e, in) -> in.get(0).linear(in.get(1), null),
        random(3, 4),
        random(2, 4));
    int[][] conv = {{1, 1, 3}, {2, 1, 4}, {1, 0, 1}, {2, 0, 3}, {3, 2, 2}};
    for (int[] c : conv) {
      add(
          "conv2d stride " + c[0] + " padding " + c[1] + " kernel " + c[2],
          (e, in) -> in.get(0).conv2d(in.get(1), in.get(2), c[0], c[1]),
          random(2, 2, 4, 5),
          random(3, 2, c[2], c[2]),
          random(3));
    }
    add(
        "conv2d, no bias, oblong kernel",
        (e, in) -> in.get(0).conv2d(in.get(1), null, 1, 1),
        random(1, 2, 4, 4),
        random(2, 2, 3, 2));
    add(
        "conv2d that leaves most of an image out",
        (e, in) -> in.get(0).conv2d(in.get(1), null, 3, 1),
        random(1, 2, 2, 2),
        random(2, 2, 2, 2));
    add(
        "conv2d of nothing but padding",
        (e, in) -> in.get(0).conv2d(in.get(1), in.get(2), 3, 1),
        random(2, 1, 1, 1),
        random(2, 1, 1, 1),
        random(2));
    int[][] transposed = {{1, 1, 3, 0}, {2, 1, 4, 0}, {2, 1, 3, 1}, {1, 0, 4, 0}};
    for (int[] c : transposed) {
      add(
          "convTranspose2d stride %d padding %d kernel %d output padding %d"
              .formatted(c[0], c[1], c[2], c[3]),
          (e, in) -> in.get(0).convTranspose2d(in.get(1), in.get(2), c[0], c[1], c[3]),
          random(2, 2, 3, 2),
          random(2, 3, c[2], c[2]),
          random(3));
    }
  }

  private void batchNorm() {
    for (int[] dims : new int[][] {{3, 2, 2, 3}, {5, 2}, {3, 2, 4}}) {
      for (boolean training : new boolean[] {true, false}) {
        String name = "batchNorm " + Shape.of(dims) + (training ? " training" : " in use");
        add(
            name,
            (e, in) -> normalized(e, in, training),
            random(dims),
            Values.random(5, 2).scaled(1, 2),
            random(2));
        add(name + ", plain", (e, in) -> normalized(e, in, training), random(dims));
      }
    }
  }

  private static Tensor normalized(Engine e, List<Tensor> in, boolean training) {
    boolean plain = in.size() == 1;
    Tensor mean = e.upload(new double[] {0.3, -0.2}, Shape.of(2));
    Tensor variance = e.upload(new double[] {0.5, 1.7}, Shape.of(2));
    return in.get(0)
        .batchNorm(
            plain ? null : in.get(1),
            plain ? null : in.get(2),
            mean,
            variance,
            training,
            0.1,
            1e-3);
  }

  private void resizing() {
    for (int[] k : new int[][] {{2, 2}, {3, 2}, {2, 1}}) {
      String name = " kernel " + k[0] + " stride " + k[1];
      add("avgPool2d" + name, (e, in) -> in.get(0).avgPool2d(k[0], k[1]), random(2, 2, 5, 4));
      add("maxPool2d" + name, (e, in) -> in.get(0).maxPool2d(k[0], k[1]), random(2, 2, 5, 4));
    }
    add("upsampleNearest2d", (e, in) -> in.get(0).upsampleNearest2d(3), random(2, 2, 2, 3));
  }

  private void shapes() {
    unary("sum", t -> t.sum());
    unary("sum over rows", t -> t.sum(0, 2, 3));
    unary("sum over the last", t -> t.sum(-1));
    unary("reshape", t -> t.reshape(Shape.of(4, 9)));
    unary("permute", t -> t.permute(1, 3, 0, 2));
    unary("slice of channels", t -> t.slice(1, 1, 2));
    unary("slice of columns", t -> t.slice(3, 0, 2));
    add(
        "concat of channels",
        (e, in) -> in.get(0).concat(List.of(in.get(1), in.get(0)), 1),
        random(2, 1, 2, 2),
        random(2, 3, 2, 2));
  }

  /** Chains as in networks and normalizations. */
  private void chains() {
    add(
        "conv2d, batchNorm, leakyRelu, convTranspose2d, tanh",
        (e, in) ->
            in.get(0)
                .conv2d(in.get(1), null, 2, 1)
                .batchNorm(
                    null, null, e.full(0, Shape.of(3)), e.full(1, Shape.of(3)), true, 0.1, 1e-3)
                .leakyRelu(0.2)
                .convTranspose2d(in.get(2), null, 2, 1, 0)
                .tanh(),
        random(2, 2, 4, 4),
        random(3, 2, 4, 4),
        random(3, 1, 4, 4));
    add(
        "a kernel divided by a singular value, convolving",
        (e, in) -> {
          Tensor w = in.get(1);
          Tensor rows = w.reshape(Shape.of(3, 18));
          Tensor u = Values.random(91, 3, 1).on(e);
          Tensor v = Values.random(92, 18, 1).on(e);
          Tensor sigma = u.times(rows.matmul(v)).sum();
          return in.get(0).conv2d(w.div(sigma), null, 1, 1);
        },
        random(1, 2, 3, 3),
        random(3, 2, 3, 3));
    add(
        "instance normalisation written out",
        (e, in) -> {
          Tensor x = in.get(0);
          Tensor centred = x.minus(x.sum(2, 3).times(1.0 / 6));
          Tensor variance = centred.square().sum(2, 3).times(1.0 / 6);
          return centred.div(variance.plus(1e-3).sqrt());
        },
        random(2, 3, 2, 3));
    add(
        "an image used twice",
        (e, in) -> {
          Tensor h = in.get(0).conv2d(in.get(1), null, 1, 1);
          return h.relu().concat(List.of(h, h.tanh()), 1).plus(h.slice(1, 0, 1));
        },
        random(1, 2, 3, 3),
        random(2, 2, 3, 3));
  }

  private Values random(int... dims) {
    return Values.random(1000 + drawn++, dims);
  }

  private void add(String name, GradientCase.Operation operation, Values... inputs) {
    cases.add(new GradientCase(name, List.of(inputs), operation));
  }
}
