package dev.sparring.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.Digits;
import dev.sparring.data.Noise;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.BlockNorm;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.Stack;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.LeastSquares;
import dev.sparring.loss.Loss;
import dev.sparring.loss.Minimax;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.WeightedLoss;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.Gan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for what goes wrong when settings of public code are copied. */
class PublicCodeLintsTest {
  private static final String MOMENTUM =
      " gives the newest batch most of the running statistics; Keras and TensorFlow mean the weight"
          + " of the old value by it (torch.nn.BatchNorm2d: momentum 0.1;"
          + " keras.layers.BatchNormalization: 0.99, which is 0.01 here); fix: momentum: ";

  private static Gan gan(Layer... middle) {
    return Gan.named("test")
        .data(Noise.noise(2, 8, 8))
        .generator(
            g ->
                g.latent(6)
                    .layers(Dense.dense(128), Reshape.reshape(2, 8, 8))
                    .layers(middle)
                    .layers(Conv.conv(2).padding(1), Tanh.tanh()))
        .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)));
  }

  private static List<String> found(Lint lint, Gan gan) {
    return lint.look(GamePlan.of(gan.build())).stream().map(w -> w.level() + " " + w).toList();
  }

  private static List<String> norms(Layer... middle) {
    return found(new BatchNormIsInOwnSense(), gan(middle));
  }

  @ParameterizedTest
  @CsvSource({"0.8, 0.2", "0.9, 0.1", "0.99, 0.01", "0.7, 0.3"})
  void momentumInTheSenseOfKeras(double momentum, String fix) {
    BatchNorm norm = BatchNorm.batchNorm().momentum(momentum);
    assertEquals(
        List.of("WARNING generator.layers.2: momentum " + momentum + MOMENTUM + fix), norms(norm));
  }

  @Test
  void momentumOfOtherLayers() {
    assertEquals(
        List.of("WARNING generator.layers.2.layers.0: momentum 0.9" + MOMENTUM + "0.1"),
        norms(
            Stack.stack(
                3, ResidualBlock.residualBlock(2).normalize(BlockNorm.BATCH).momentum(0.9))));
    Gan conditional = gan(ConditionalBatchNorm.conditionalBatchNorm().momentum(0.9).classes(3));
    assertEquals(
        List.of("WARNING generator.layers.2: momentum 0.9" + MOMENTUM + "0.1"),
        found(
            new BatchNormIsInOwnSense(),
            conditional
                .data(Digits.digits())
                .generator(
                    g ->
                        g.layers(
                            Dense.dense(64),
                            Reshape.reshape(1, 8, 8),
                            ConditionalBatchNorm.conditionalBatchNorm().momentum(0.9)))
                .discriminator(
                    d ->
                        d.layers(Flatten.flatten(), ConcatLabels.concatLabels(), Dense.dense(1)))));
  }

  @Test
  void epsOfPublicPyTorchCode() {
    assertEquals(
        List.of(
            "WARNING generator.layers.2: eps 0.8 is about as large as the variances that it is added"
                + " to (the second argument of PyTorch's BatchNorm2d(n, 0.8) is eps; public code"
                + " that has it means Keras's momentum 0.8); fix: leave eps out; momentum: 0.2 if"
                + " that was meant"),
        norms(BatchNorm.batchNorm().eps(0.8)));
  }

  @ParameterizedTest
  @EnumSource(Conventions.class)
  void conventionsAreNotWarnedOf(Conventions conventions) {
    assertEquals(
        List.of(),
        found(new BatchNormIsInOwnSense(), gan(BatchNorm.batchNorm()).conventions(conventions)));
  }

  @Test
  void momentumInItsOwnSense() {
    BatchNorm norm = BatchNorm.batchNorm();
    assertEquals(
        List.of(),
        norms(
            norm.momentum(0.1),
            norm.momentum(0.5),
            norm.momentum(1),
            norm.eps(0.01),
            norm.momentum(0.9).alwaysBatch(true)));
  }

  @Test
  void kernelsThatOverlapUnevenly() {
    ConvTranspose layer = ConvTranspose.convTranspose(2).padding(0);
    Layer back = Conv.conv(2).kernel(2).stride(2).padding(0);
    assertEquals(
        List.of(
            "NOTE generator.layers.2, generator.layers.3: the kernel is no multiple of the stride,"
                + " so that kernels overlap unevenly: samples tend to show a checkerboard (Odena,"
                + " Dumoulin and Olah, Deconvolution and Checkerboard Artifacts, distill.pub, 2016);"
                + " fix: a kernel that is a multiple of the stride, e.g. 4 at stride 2, or upsample"
                + " and conv"),
        found(
            new KernelFitsStride(),
            gan(
                layer.kernel(3).stride(2).padding(1).outputPadding(1),
                layer.kernel(5).stride(2).padding(2).outputPadding(1),
                back,
                back)));
    assertEquals(
        List.of(
            "WARNING generator.layers.2: kernel 2 leaves gaps at stride 3: pixels between the kernels"
                + " hold the bias only (Odena, Dumoulin and Olah, Deconvolution and Checkerboard"
                + " Artifacts, distill.pub, 2016); fix: kernel: 6"),
        found(
            new KernelFitsStride(),
            gan(layer.kernel(2).stride(3), Conv.conv(2).kernel(16).padding(0))));
  }

  @Test
  void kernelsThatOverlapEvenly() {
    ConvTranspose layer = ConvTranspose.convTranspose(2).padding(0);
    Layer back = Conv.conv(2).kernel(2).stride(2).padding(0);
    assertEquals(
        List.of(),
        found(
            new KernelFitsStride(),
            gan(
                layer.kernel(4).stride(2).padding(1),
                back,
                layer.kernel(2).stride(2),
                back,
                layer.kernel(3).stride(1).padding(1),
                Conv.conv(2).kernel(3).stride(2).padding(1),
                layer.kernel(6).stride(2).padding(2))));
  }

  private static List<String> targets(Loss loss) {
    return found(new TargetsAreUsual(), gan().loss(loss));
  }

  private static String far(String path, double target) {
    return "WARNING "
        + path
        + ".realTarget: "
        + target
        + " is far from what the generator aims at: it is the target itself, not the amount by which"
        + " labels are smoothed (Salimans et al., arXiv:1606.03498, section 3.4: 0.9 for labels"
        + " smoothed by 0.1); fix: 0.9 to smooth by 0.1, or leave it out";
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.5})
  void amountsOfSmoothingAsTargets(double target) {
    NonSaturating loss = NonSaturating.nonSaturating().realTarget(target);
    assertEquals(List.of(far("loss", target)), targets(loss));
    assertEquals(List.of(far("loss", target)), targets(Minimax.minimax().realTarget(target)));
    assertEquals(
        List.of(far("loss", target)), targets(LeastSquares.leastSquares().realTarget(target)));
    assertEquals(List.of(far("loss.loss", target)), targets(WeightedLoss.weighted(loss)));
  }

  @Test
  void targetsOnOtherScales() {
    assertEquals(List.of(far("loss", 10)), targets(new LeastSquares(10, 0, 1)));
    assertEquals(List.of(far("loss", 0)), targets(new LeastSquares(0, 1, 1)));
    assertEquals(List.of(far("loss", -1)), targets(new LeastSquares(-1, 0, 1)));
  }

  @Test
  void usualTargets() {
    for (double target : new double[] {0.7, 0.9, 1}) {
      assertEquals(List.of(), targets(NonSaturating.nonSaturating().realTarget(target)));
    }
    assertEquals(List.of(), targets(LeastSquares.leastSquares().realTarget(1.2)));
    // Equation 8, labels turned around, another scale.
    assertEquals(List.of(), targets(new LeastSquares(1, -1, 0)));
    assertEquals(List.of(), targets(new LeastSquares(0, 1, 0)));
    assertEquals(List.of(), targets(new LeastSquares(5, -5, 5)));
    assertEquals(List.of(), targets(Hinge.hinge()));
  }
}
