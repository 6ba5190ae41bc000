package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.augment.Flip;
import dev.sparring.data.Noise;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Silu;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.ClipWeights;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.OrthogonalRegularization;
import dev.sparring.loss.OrthogonalRegularization.Side;
import dev.sparring.loss.PenaltyAt;
import dev.sparring.loss.R1;
import dev.sparring.loss.RelativisticAverage;
import dev.sparring.loss.Wasserstein;
import dev.sparring.norm.Sn;
import dev.sparring.optim.Adam;
import dev.sparring.optim.Sgd;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Steps of small GANs with everything that a recipe can add to the plain game, from given weights,
 * noise and samples, against PyTorch: losses of each step, then every tensor and the average. The
 * reference draws the library's random numbers from its own implementation of the streams.
 */
public interface ComposedTrainingConformance extends EngineUnderTest {
  /** WGAN-GP on packs of two mirrored images, two batches in each update, an average with start. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void packsAndAPenalty(Precision precision) {
    Gan gan =
        Gan.named("packs")
            .discriminator(
                d ->
                    d.packing(2)
                        .layers(
                            Conv.conv(3),
                            Silu.silu(),
                            Conv.conv(4).kernel(4).stride(2),
                            Tanh.tanh(),
                            Flatten.flatten(),
                            Dense.dense(1)))
            .loss(Wasserstein.wasserstein())
            .terms(GradientPenalty.gradientPenalty().at(PenaltyAt.SEEN))
            .augment(Flip.flip())
            .ema(Ema.ema().decay(0.4).start(3).warmup(true))
            .optimizers(Adam.adam(2e-3, 0.5, 0.9), Adam.adam(3e-3, 0.5, 0.9));
    Train train = train().batch(6).generatorBatch(4).discriminatorSteps(2);
    String name = "packs, a penalty, mirrored images, a smaller batch for the generator";
    play(precision, name, recipe(gan, train));
  }

  /** The discriminator's noise twice for the generator; the penalty moves singular vectors too. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void theSameNoiseForBoth(Precision precision) {
    Gan gan =
        Gan.named("the-same-noise")
            .discriminator(
                d ->
                    d.norm(Sn.sn())
                        .layers(
                            Conv.conv(3),
                            Silu.silu(),
                            Conv.conv(4).kernel(4).stride(2),
                            Tanh.tanh(),
                            Flatten.flatten(),
                            Dense.dense(1)))
            .loss(NonSaturating.nonSaturating())
            .terms(GradientPenalty.gradientPenalty(0.5).at(PenaltyAt.SEEN))
            .augment(Flip.flip(0.3))
            .ema(Ema.ema().decay(0.8))
            .optimizers(Sgd.sgd(0.05).momentum(0.9), Sgd.sgd(0.1).momentum(0.5));
    Train train = train().batch(5).reuseNoise(true).generatorSteps(2);
    String name = "the same noise twice for the generator, a penalty on normalized weights";
    play(precision, name, recipe(gan, train));
  }

  /**
   * A relativistic loss, whose generator sees real samples; a term in every other update, on both
   * of its batches; a term for both players; weight clipping. More samples for the generator than
   * for the discriminator.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void aLossThatComparesAndRareTerms(Precision precision) {
    Gan gan =
        Gan.named("compares")
            .discriminator(
                d ->
                    d.layers(
                        Conv.conv(3),
                        Silu.silu(),
                        Conv.conv(4).kernel(4).stride(2),
                        Tanh.tanh(),
                        Flatten.flatten(),
                        Dense.dense(1)))
            .loss(RelativisticAverage.relativisticAverage(NonSaturating.nonSaturating()))
            .terms(
                R1.r1().gamma(3).every(2),
                ClipWeights.clipWeights(0.2),
                OrthogonalRegularization.orthogonalRegularization().weight(0.03).network(Side.BOTH))
            .augment(Flip.flip())
            .ema(Ema.ema().decay(0.5).warmup(true))
            .optimizers(Sgd.sgd(0.05), Sgd.sgd(0.1));
    Train train = train().batch(4).generatorBatch(6);
    String name =
        "a loss that compares, r1 in every other update, orthogonal regularization, clipped weights";
    play(precision, name, recipe(gan, train));
  }

  /** All cases of the file are tested here. */
  @Test
  default void noComposedCaseIsForgotten() {
    assertEquals(3, Golden.load("composed_steps").cases().size());
  }

  private void play(Precision precision, String name, Recipe recipe) {
    try (Engine engine = open(precision)) {
      assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
    }
    GivenTraining.play(this, precision, "composed_steps", name, recipe);
  }

  private static Train train() {
    return Train.train().steps(Golden.load("composed_steps").integer("iterations")).accumulate(2);
  }

  private static Recipe recipe(Gan gan, Train train) {
    return gan.data(Noise.noise(2, 4, 4))
        .generator(
            g ->
                g.latent(Golden.load("composed_steps").integer("latent"))
                    .layers(
                        Dense.dense(12).bias(false),
                        Reshape.reshape(3, 2, 2),
                        BatchNorm.batchNorm(),
                        Tanh.tanh(),
                        ConvTranspose.convTranspose(2),
                        Tanh.tanh()))
        .train(train)
        .build();
  }
}
