package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.Noise;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.LeastSquares;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.RmsProp;
import dev.sparring.optim.Sgd;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Twenty steps of small GANs from given weights, noise and samples, against PyTorch: losses of each
 * step, then every weight, running statistic and singular vector.
 */
public interface WholeTrainingConformance extends EngineUnderTest {
  /** Hinge, SN, Adam at SNGAN's rates. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void sngan(Precision precision) {
    Recipe recipe = recipe(Sn.sn(), 0.1, Hinge.hinge(), adam(2e-4), adam(4e-4), 1, 1);
    GivenTraining.play(this, precision, "whole_step", "sngan", recipe);
  }

  /** The same ten times as fast, so that an error has grown by step 20. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void snganAtTenTimesTheRates(Precision precision) {
    Recipe recipe = recipe(Sn.sn(), 0.1, Hinge.hinge(), adam(2e-3), adam(4e-3), 1, 1);
    GivenTraining.play(this, precision, "whole_step", "sngan, ten times the rates", recipe);
  }

  /**
   * Non-saturating, RMSprop against AdamW, separate batch statistics of real and generated samples.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void twoDiscriminatorUpdatesWithBatchNorm(Precision precision) {
    Layer[] judge = {
      Conv.conv(5),
      LeakyRelu.leakyRelu(0.2),
      Conv.conv(7).kernel(4).stride(2).bias(false),
      BatchNorm.batchNorm(),
      LeakyRelu.leakyRelu(0.2),
      Flatten.flatten(),
      Dense.dense(1)
    };
    Recipe recipe =
        recipe(
            None.none(),
            judge,
            NonSaturating.nonSaturating(),
            RmsProp.rmsProp().lr(1e-3),
            AdamW.adamW(1e-3, 0.5, 0.9).weightDecay(0.1),
            2,
            1);
    GivenTraining.play(
        this,
        precision,
        "whole_step",
        "batch normalization in both, two discriminator updates",
        recipe);
  }

  /** Least squares, BSSN, momentum against Adam with L2 decay. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void twoGeneratorUpdatesWithBssn(Precision precision) {
    Recipe recipe =
        recipe(
            Bssn.bssn(1.5),
            0.2,
            LeastSquares.leastSquares(),
            Sgd.sgd(0.02).momentum(0.9),
            adam(2e-3).weightDecay(0.01),
            1,
            2);
    GivenTraining.play(this, precision, "whole_step", "bssn, two generator updates", recipe);
  }

  /** All cases of the file are tested here. */
  @Test
  default void noCaseIsForgotten() {
    assertEquals(4, Golden.load("whole_step").cases().size());
  }

  private static Adam adam(double lr) {
    return Adam.adam(lr, 0.5, 0.999);
  }

  private static Recipe recipe(
      WeightNorm norm,
      double slope,
      Loss loss,
      Optimizer generator,
      Optimizer discriminator,
      int discriminatorSteps,
      int generatorSteps) {
    Layer[] judge = {
      Conv.conv(5),
      LeakyRelu.leakyRelu(slope),
      Conv.conv(7).kernel(4).stride(2),
      LeakyRelu.leakyRelu(slope),
      Conv.conv(6),
      LeakyRelu.leakyRelu(slope),
      Flatten.flatten(),
      Dense.dense(1)
    };
    return recipe(norm, judge, loss, generator, discriminator, discriminatorSteps, generatorSteps);
  }

  private static Recipe recipe(
      WeightNorm norm,
      Layer[] judge,
      Loss loss,
      Optimizer generator,
      Optimizer discriminator,
      int discriminatorSteps,
      int generatorSteps) {
    Golden golden = Golden.load("whole_step");
    return Gan.named("whole-step")
        .data(Noise.noise(2, 8, 8))
        .generator(
            g ->
                g.latent(golden.integer("latent"))
                    .layers(
                        Dense.dense(32).bias(false),
                        Reshape.reshape(8, 2, 2),
                        BatchNorm.batchNorm(),
                        Relu.relu(),
                        ConvTranspose.convTranspose(6).bias(false),
                        BatchNorm.batchNorm(),
                        Relu.relu(),
                        ConvTranspose.convTranspose(4),
                        Conv.conv(2),
                        Tanh.tanh()))
        .discriminator(d -> d.norm(norm).layers(judge))
        .loss(loss)
        .optimizers(generator, discriminator)
        .train(
            Train.train()
                .steps(golden.integer("iterations"))
                .batch(golden.integer("batch"))
                .discriminatorSteps(discriminatorSteps)
                .generatorSteps(generatorSteps))
        .build();
  }
}
