package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A result that is written over its operand is the same, and so are its derivatives. */
public interface LastUseConformance extends EngineUnderTest {
  /** What may make the operand, of images and a kernel. */
  private static Map<String, BiFunction<Tensor, Tensor, Tensor>> makers() {
    Map<String, BiFunction<Tensor, Tensor, Tensor>> all = new LinkedHashMap<>();
    all.put("conv2d", (x, w) -> x.conv2d(w, null, 1, 1));
    all.put(
        "conv2d of a gray image", (x, w) -> x.slice(1, 0, 1).conv2d(w.slice(1, 0, 1), null, 1, 1));
    all.put("convTranspose2d", (x, w) -> x.convTranspose2d(w, null, 2, 1, 0));
    all.put(
        "convTranspose2d to gray", (x, w) -> x.convTranspose2d(w.slice(1, 0, 1), null, 2, 1, 0));
    all.put("linear", (x, w) -> flat(x).linear(flat(w), null));
    all.put("batchNorm", (x, w) -> norm(x, w, true));
    all.put("batchNorm in evaluation", (x, w) -> norm(x, w, false));
    all.put("plus", (x, w) -> x.plus(w.sum()));
    all.put("tanh", (x, w) -> x.times(w.sum()).tanh());
    all.put("square", (x, w) -> x.square().times(w.sum()));
    all.put("reshape", (x, w) -> x.conv2d(w, null, 1, 1).reshape(Shape.of(2, 27)));
    all.put("slice", (x, w) -> x.conv2d(w, null, 1, 1).slice(1, 1, 2));
    all.put("the images themselves", (x, w) -> x);
    return all;
  }

  private static Tensor flat(Tensor t) {
    int rows = t.shape().dim(0);
    return t.reshape(Shape.of(rows, t.shape().elements() / rows));
  }

  private static Tensor norm(Tensor x, Tensor w, boolean training) {
    Engine e = x.engine();
    Tensor mean = e.full(0.1, Shape.of(3));
    Tensor scale = w.sum(1, 2, 3).reshape(Shape.of(3));
    return x.batchNorm(scale, null, mean, e.full(0.9, Shape.of(3)), training, 0.1, 1e-5);
  }

  private static Map<String, UnaryOperator<Tensor>> activations() {
    Map<String, UnaryOperator<Tensor>> all = new LinkedHashMap<>();
    all.put("relu", Tensor::relu);
    all.put("leakyRelu", x -> x.leakyRelu(0.2));
    all.put("leakyRelu of slope 0", x -> x.leakyRelu(0));
    all.put("tanh", Tensor::tanh);
    all.put("softplus", Tensor::softplus);
    return all;
  }

  /** The result, its derivatives, and those of the length of one of them. */
  private static List<double[]> figures(
      Engine e, BiFunction<Tensor, Tensor, Tensor> maker, UnaryOperator<Tensor> activation) {
    List<double[]> all = new ArrayList<>();
    e.scope(
        () -> {
          Tensor x = Values.random(3, 2, 3, 3, 3).on(e).variable();
          Tensor w = Values.random(5, 3, 3, 3, 3).on(e).variable();
          Tensor y = activation.apply(maker.apply(x, w));
          all.add(y.toDoubles());
          List<Tensor> first = e.gradients(y.square().times(y).sum(), List.of(x, w), true);
          first.forEach(g -> all.add(g.toDoubles()));
          e.gradients(first.get(0).square().sum(), List.of(x, w), false)
              .forEach(g -> all.add(g.toDoubles()));
          all.add(x.toDoubles()); // it was not written over
        });
    return all;
  }

  @Test
  default void theLastUseChangesNoNumber() {
    try (Engine e = open(Precision.FLOAT64)) {
      makers()
          .forEach(
              (maker, make) ->
                  activations()
                      .forEach(
                          (activation, apply) -> {
                            String what = activation + " after " + maker;
                            List<double[]> pure = figures(e, make, apply);
                            List<double[]> over = figures(e, make, t -> apply.apply(t.lastUse()));
                            assertEquals(pure.size(), over.size(), what);
                            for (int i = 0; i < pure.size(); i++) {
                              String figure = what + ", figure " + i;
                              // Second derivatives may be summed in another order.
                              double tolerance = i == 3 || i == 4 ? 1e-12 : 0;
                              for (int j = 0; j < pure.get(i).length; j++) {
                                Close.numbers(pure.get(i)[j], over.get(i)[j], tolerance, figure);
                              }
                            }
                          }));
    }
  }

  /** Nor where nothing is recorded, for a constant that others have too. */
  @Test
  default void constantsOfOthersStay() {
    try (Engine e = open(Precision.FLOAT64)) {
      Tensor x = e.upload(new double[] {-1, 2}, Shape.of(1, 2));
      e.withoutGradients(() -> x.lastUse().relu());
      e.withoutGradients(() -> x.reshape(Shape.of(2)).lastUse().leakyRelu(0.1));
      assertArrayEquals(new double[] {-1, 2}, x.toDoubles());
    }
  }
}
