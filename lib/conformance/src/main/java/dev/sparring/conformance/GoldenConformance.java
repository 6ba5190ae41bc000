package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Values and gradients as PyTorch computes them, in both precisions and every memory layout. */
public interface GoldenConformance extends EngineUnderTest {
  /** Cross-correlation. */
  @TestFactory
  default Stream<DynamicTest> conv2d() {
    List<Golden> square =
        Golden.load("conv2d").cases().stream()
            .filter(c -> isOne(c.numbers("dilation")) && isSquare(c.numbers("stride")))
            .filter(c -> isSquare(c.numbers("padding")))
            .toList();
    return perLayout(square, GoldenConformance::checkConv2d);
  }

  /** Transposed convolution. */
  @TestFactory
  default Stream<DynamicTest> convTranspose2d() {
    return perLayout(
        Golden.load("conv_transpose2d").cases(), GoldenConformance::checkConvTranspose2d);
  }

  /** Linear layers. */
  @TestFactory
  default Stream<DynamicTest> linear() {
    return perLayout(
        Golden.load("linear").cases(),
        r -> r.check(List.of("x", "w", "b"), in -> in.get(0).linear(in.get(1), in.get(2))));
  }

  /** Batch normalization in training, twice, and in use, with the running statistics. */
  @TestFactory
  default Stream<DynamicTest> batchNorm() {
    return perLayout(Golden.load("batch_norm").cases(), GoldenConformance::checkBatchNorm);
  }

  /** Activations, at zero and at large arguments as well. */
  @TestFactory
  default Stream<DynamicTest> activations() {
    Golden file = Golden.load("activations");
    return perLayout(
        file.cases(), r -> r.checkOneInput(file, file.tensor("grad_out"), r.golden().text("name")));
  }

  /** Pooling, upsampling, sums over images, flattening. */
  @TestFactory
  default Stream<DynamicTest> poolingAndResizing() {
    Golden file = Golden.load("pool_resize");
    return perLayout(
        file.cases(),
        r -> r.checkOneInput(file, r.golden().tensor("grad_out"), r.golden().text("name")));
  }

  /** The usual losses on logits, moderate and extreme. */
  @TestFactory
  default Stream<DynamicTest> losses() {
    return perLayout(Golden.load("losses").cases(), GoldenConformance::checkLoss);
  }

  private Stream<DynamicTest> perLayout(List<Golden> cases, Consumer<GoldenRun> check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Precision precision : EngineUnderTest.FORMATS) {
      for (Layout layout : Layout.values()) {
        for (Golden c : cases) {
          tests.add(
              DynamicTest.dynamicTest(
                  c + ", " + precision + ", " + layout,
                  () -> {
                    try (Engine engine = open(precision)) {
                      engine.scope(() -> check.accept(new GoldenRun(engine, layout, c)));
                    }
                  }));
        }
      }
    }
    return tests.stream();
  }

  private static void checkConv2d(GoldenRun r) {
    int stride = (int) r.golden().numbers("stride")[0];
    int padding = (int) r.golden().numbers("padding")[0];
    r.check(List.of("x", "w", "b"), in -> in.get(0).conv2d(in.get(1), in.get(2), stride, padding));
  }

  private static void checkConvTranspose2d(GoldenRun r) {
    int stride = r.golden().integer("stride");
    int padding = r.golden().integer("padding");
    int outputPadding = r.golden().integer("output_padding");
    r.check(
        List.of("x", "w", "b"),
        in -> in.get(0).convTranspose2d(in.get(1), in.get(2), stride, padding, outputPadding));
  }

  private static void checkBatchNorm(GoldenRun r) {
    double momentum = r.golden().number("momentum");
    double eps = r.golden().number("eps");
    Tensor scale = r.variable("weight");
    Tensor shift = r.variable("bias");
    Tensor mean = r.engine().full(0, scale.shape());
    Tensor variance = r.engine().full(1, scale.shape());
    Tensor x1 = r.variable("x1");
    Tensor y1 = x1.batchNorm(scale, shift, mean, variance, true, momentum, eps);
    r.close("y1", y1);
    r.close("running_mean_1", mean);
    r.close("running_var_1", variance);
    r.closeGradients(
        y1.times(r.constant("grad_out")).sum(),
        List.of(x1, scale, shift),
        List.of("grad_x1", "grad_weight", "grad_bias"));
    Tensor x2 = r.constant("x2");
    r.close("y2_train", x2.batchNorm(scale, shift, mean, variance, true, momentum, eps));
    r.close("running_mean_2", mean);
    r.close("running_var_2", variance);
    r.close("y_eval_of_x2_after", x2.batchNorm(scale, shift, mean, variance, false, momentum, eps));
    r.close("running_mean_2", mean);
  }

  private static void checkLoss(GoldenRun r) {
    Tensor real = r.variable("real_logits");
    Tensor fake = r.variable("fake_logits");
    Tensor d = Losses.discriminator(r.golden().text("loss"), real, fake);
    Tensor g = Losses.generator(r.golden().text("loss"), fake);
    r.close("d_loss", d.item());
    r.close("g_loss", g.item());
    r.closeGradients(d, List.of(real, fake), List.of("d_grad_real", "d_grad_fake"));
    r.closeGradients(g, List.of(fake), List.of("g_grad_fake"));
  }

  private static boolean isOne(double[] pair) {
    return pair[0] == 1 && pair[1] == 1;
  }

  private static boolean isSquare(double[] pair) {
    return pair[0] == pair[1];
  }
}
