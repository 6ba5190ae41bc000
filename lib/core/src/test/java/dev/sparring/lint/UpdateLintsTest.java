package dev.sparring.lint;

import static dev.sparring.lint.LintCases.IMAGES;
import static dev.sparring.lint.LintCases.JUDGE;
import static dev.sparring.lint.LintCases.POINTS;
import static dev.sparring.lint.LintCases.finds;
import static dev.sparring.lint.LintCases.findsNothing;
import static dev.sparring.lint.LintCases.gan;
import static dev.sparring.lint.LintCases.images;
import static dev.sparring.lint.LintCases.judged;

import dev.sparring.data.Noise;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.init.Orthogonal;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.ClipWeights;
import dev.sparring.loss.CycleConsistency;
import dev.sparring.loss.GradientNorm;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.Identity;
import dev.sparring.loss.Loss;
import dev.sparring.loss.OrthogonalRegularization;
import dev.sparring.loss.Wasserstein;
import dev.sparring.norm.Sn;
import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.RmsProp;
import dev.sparring.optim.Sgd;
import dev.sparring.recipe.Train;
import org.junit.jupiter.api.Test;

/**
 * Rules about losses, terms and optimizers, each with a recipe that it warns about, and with a
 * similar one that it does not.
 */
class UpdateLintsTest {
  @Test
  void wassersteinNeedsLipschitz() {
    WassersteinNeedsLipschitz lint = new WassersteinNeedsLipschitz();
    Loss loss = Wasserstein.wasserstein();
    finds(
        "WARNING loss: wasserstein without a penalty on the critic, and without spectral"
            + " normalization of discriminator.layers.3",
        lint,
        images(Conv.conv(5).norm(Sn.sn()), LeakyRelu.leakyRelu(), Flatten.flatten(), Dense.dense(1))
            .loss(loss));
    findsNothing(
        lint,
        judged(Orthogonal.orthogonal(), Sn.sn()).loss(loss),
        images(JUDGE).loss(loss).terms(GradientPenalty.gradientPenalty()),
        images(JUDGE).loss(loss).terms(ClipWeights.clipWeights()),
        images(JUDGE)
            .loss(loss)
            .discriminator(d -> d.output(GradientNorm.gradientNorm()).layers(JUDGE)),
        images(JUDGE).loss(Hinge.hinge()));
  }

  /** Orthogonal rows do not bound the slope. */
  @Test
  void aRegularizerDoesNotMakeLipschitz() {
    finds(
        "WARNING loss: wasserstein without a penalty on the critic, and without spectral"
            + " normalization of discriminator.layers.1",
        new WassersteinNeedsLipschitz(),
        images(Flatten.flatten(), Dense.dense(1))
            .loss(Wasserstein.wasserstein())
            .terms(OrthogonalRegularization.orthogonalRegularization()));
  }

  @Test
  void cycleTiesUnmatched() {
    CycleTiesUnmatched lint = new CycleTiesUnmatched();
    Layer[] maker = {Conv.conv(2).kernel(3).stride(1), Tanh.tanh()};
    Pairs pairs = Pairs.pairs(Noise.noise(2, 4, 4), IMAGES);
    finds(
        "WARNING terms: the data is unpaired, and nothing ties a generated sample to its"
            + " source: any image of the target domain will do",
        lint,
        gan(pairs.matched(false), maker, JUDGE).terms(Identity.identity()));
    findsNothing(
        lint,
        gan(pairs.matched(false), maker, JUDGE).terms(CycleConsistency.cycle()),
        gan(pairs, maker, JUDGE),
        images(JUDGE));
  }

  @Test
  void plainSgd() {
    PlainSgd lint = new PlainSgd();
    finds(
        "NOTE optimizer.discriminator: sgd steps in proportion to gradients, whose sizes differ much"
            + " between layers and players of a GAN",
        lint,
        images(JUDGE).optimizers(Adam.adam(), Sgd.sgd(0.01)));
    findsNothing(
        lint,
        images(JUDGE),
        images(JUDGE).optimizers(Adam.adam(), Sgd.sgd(0.01).momentum(0.9)),
        gan(Ring.ring(), POINTS, new Layer[] {Dense.dense(1)})
            .optimizers(Adam.adam(), Sgd.sgd(0.01)));
  }

  @Test
  void slopeIsSmall() {
    SlopeIsSmall lint = new SlopeIsSmall();
    Layer[] steep = {Flatten.flatten(), LeakyRelu.leakyRelu(0.5), Dense.dense(1)};
    finds("WARNING discriminator.layers.1: leakyRelu 0.5 is nearly linear", lint, images(steep));
    Layer[] keras = {Flatten.flatten(), LeakyRelu.leakyRelu(0.3), Dense.dense(1)};
    findsNothing(lint, images(keras));
  }

  @Test
  void ratesAreUsual() {
    RatesAreUsual lint = new RatesAreUsual();
    Optimizer usual = Adam.adam();
    finds(
        "WARNING optimizer.discriminator.lr: 0.001 is a high rate for a GAN",
        lint,
        images(JUDGE).optimizers(usual, AdamW.adamW().lr(1e-3)));
    finds(
        "WARNING optimizer.generator.lr: 0.01 is a high rate for a GAN",
        lint,
        gan(Ring.ring(), POINTS, POINTS).optimizers(Adam.adam().lr(0.01), Adam.adam().lr(1e-3)));
    finds(
        "WARNING optimizer.generator.lr: 9.0E-7 is so low a rate that nothing moves for 100,000"
            + " updates",
        lint,
        images(JUDGE).optimizers(RmsProp.rmsProp().lr(9e-7), Adam.adam().lr(1e-5)));
    finds(
        "WARNING optimizer: the rates 8.0E-6 and 8.0E-4 are far apart",
        lint,
        images(JUDGE).optimizers(Adam.adam().lr(8e-6), Adam.adam().lr(8e-4)));
    findsNothing(
        lint,
        images(JUDGE).optimizers(Adam.adam().lr(9e-4), Adam.adam().lr(4e-4)),
        images(JUDGE).optimizers(Adam.adam().lr(1e-5), Adam.adam().lr(5e-4)),
        images(JUDGE).optimizers(Sgd.sgd(0.1), usual),
        gan(Ring.ring(), POINTS, POINTS).optimizers(Adam.adam().lr(1e-3), Adam.adam().lr(1e-3)));
  }

  @Test
  void momentumIsLow() {
    MomentumIsLow lint = new MomentumIsLow();
    finds(
        "WARNING optimizer.generator.beta1: 0.9 is a high momentum for a GAN: training oscillates",
        lint,
        images(JUDGE).optimizers(Adam.adam().beta1(0.9), Adam.adam()));
    findsNothing(
        lint,
        images(JUDGE).optimizers(Adam.adam().beta1(0.8), AdamW.adamW().beta1(0)),
        images(JUDGE).optimizers(RmsProp.rmsProp().decay(0.99), Sgd.sgd(0.1)));
  }

  @Test
  void updatesAreBalanced() {
    UpdatesAreBalanced lint = new UpdatesAreBalanced();
    Train train = Train.train();
    finds(
        "WARNING train.discriminatorSteps: 11.0 updates of the discriminator for one of the"
            + " generator",
        lint,
        images(JUDGE).train(train.discriminatorSteps(11)));
    finds(
        "WARNING train.generatorSteps: 3.0 updates of the generator for one of the discriminator",
        lint,
        images(JUDGE).train(train.generatorSteps(3)));
    findsNothing(
        lint,
        images(JUDGE).train(train.discriminatorSteps(10)),
        images(JUDGE).train(train.generatorSteps(2)),
        images(JUDGE).train(train.generatorSteps(3).discriminatorSteps(3)));
  }
}
