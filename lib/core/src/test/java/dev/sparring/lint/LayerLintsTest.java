package dev.sparring.lint;

import static dev.sparring.lint.LintCases.IMAGES;
import static dev.sparring.lint.LintCases.JUDGE;
import static dev.sparring.lint.LintCases.MAKER;
import static dev.sparring.lint.LintCases.POINTS;
import static dev.sparring.lint.LintCases.finds;
import static dev.sparring.lint.LintCases.findsNothing;
import static dev.sparring.lint.LintCases.found;
import static dev.sparring.lint.LintCases.gan;
import static dev.sparring.lint.LintCases.images;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Grid;
import dev.sparring.data.Ring;
import dev.sparring.init.Orthogonal;
import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Block;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.MinibatchStdDev;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.Auxiliary;
import dev.sparring.loss.GradientNorm;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.LogProbability;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.R1;
import dev.sparring.loss.Wasserstein;
import dev.sparring.recipe.DiscriminatorBuilder;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Train;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Rules about layers, each with a recipe that it warns about, and with a similar one that it does
 * not.
 */
class LayerLintsTest {
  @Test
  void scoresAreRaw() {
    ScoresAreRaw lint = new ScoresAreRaw();
    finds(
        "WARNING discriminator.layers.2: the discriminator ends in sigmoid, and the loss takes raw"
            + " scores: they are bounded before it sees them",
        lint,
        images(Flatten.flatten(), Dense.dense(1), Sigmoid.sigmoid()));
    finds(
        "WARNING discriminator.layers.1: the discriminator ends in tanh, and the loss takes raw"
            + " scores: they are bounded before it sees them",
        lint,
        images(Conv.conv(1), Tanh.tanh(), Flatten.flatten()));
    findsNothing(
        lint,
        images(Sigmoid.sigmoid(), Flatten.flatten(), Dense.dense(1)),
        images(Flatten.flatten(), Dense.dense(1), Sigmoid.sigmoid())
            .loss(LogProbability.logProbability()));
  }

  @Test
  void outputFitsData() {
    OutputFitsData lint = new OutputFitsData();
    Layer[] bounded = {Dense.dense(2), Tanh.tanh()};
    Layer[] judge = {Dense.dense(1)};
    finds(
        "WARNING generator.layers.1: the generator ends in tanh, and the points go to 4.15",
        lint,
        gan(Grid.grid(), bounded, judge));
    finds(
        "WARNING generator.layers.1: the generator ends in sigmoid, and the points go to 0.53",
        lint,
        gan(Ring.ring().radius(0.5), new Layer[] {Dense.dense(2), Sigmoid.sigmoid()}, judge));
    findsNothing(
        lint, gan(Ring.ring().radius(0.5), bounded, judge), gan(Grid.grid(), POINTS, judge));
    Layer[] open = {Dense.dense(32), Reshape.reshape(2, 4, 4)};
    finds(
        "WARNING generator.layers.0: images are in [-1, 1], and the generator ends in dense",
        lint,
        gan(IMAGES, open, JUDGE));
    Layer[] shaped = {Dense.dense(32), Tanh.tanh(), Reshape.reshape(2, 4, 4)};
    findsNothing(
        lint,
        gan(IMAGES, shaped, JUDGE),
        gan(IMAGES, MAKER, JUDGE),
        gan(IMAGES, open, JUDGE).terms(R1.r1()));
  }

  @Test
  void singleNumberBatchNorm() {
    SingleNumberBatchNorm lint = new SingleNumberBatchNorm();
    Layer[] alone = {
      Dense.dense(8), BatchNorm.batchNorm().alwaysBatch(true), Relu.relu(), Dense.dense(2)
    };
    Train one = Train.train().batch(1);
    String text =
        ": batchNorm of one number for each channel of (8) in a batch of 1 outputs its shift"
            + " only: no signal and no gradient passes it, so layers before it learn nothing";
    Gan ring = gan(Ring.ring(), alone, new Layer[] {Dense.dense(1)});
    finds("WARNING generator.layers.1" + text, lint, ring.train(one));
    finds(
        "WARNING generator.layers.1" + text,
        lint,
        gan(Ring.ring(), alone, new Layer[] {Dense.dense(1)})
            .train(Train.train().generatorBatch(1)));
    Layer[] judge = {Dense.dense(8), BatchNorm.batchNorm().alwaysBatch(true), Dense.dense(1)};
    finds(
        "WARNING discriminator.layers.1" + text,
        lint,
        gan(Ring.ring(), POINTS, judge)
            .discriminator(d -> d.packing(3).layers(judge))
            .train(Train.train().batch(3).generatorBatch(6)));
    // The generator's batch of one passes the discriminator too.
    finds(
        "WARNING discriminator.layers.1" + text,
        lint,
        gan(Ring.ring(), POINTS, judge).train(Train.train().batch(4).generatorBatch(1)));
    assertTrue(
        Lints.check(
                gan(Ring.ring(), POINTS, judge)
                    .discriminator(d -> d.packing(3).layers(judge))
                    .train(Train.train().batch(3).generatorBatch(6))
                    .build())
            .stream()
            .anyMatch(w -> w.fix().endsWith("bottleneck, or train.batch: 6")));
    findsNothing(
        lint,
        gan(Ring.ring(), alone, judge),
        images(
                Conv.conv(5),
                BatchNorm.batchNorm().alwaysBatch(true),
                Flatten.flatten(),
                Dense.dense(1))
            .train(one));
  }

  @Test
  void batchNormInCritic() {
    BatchNormInCritic lint = new BatchNormInCritic();
    Layer inner = Residual.residual(BatchNorm.batchNorm(), Conv.conv(2));
    Layer[] judge = {inner, Flatten.flatten(), Dense.dense(1)};
    String critic =
        "WARNING discriminator.layers.0.layers.0: batchNorm in a critic whose slope at each sample"
            + " is to be bounded: it makes scores depend on the rest of the batch";
    finds(critic, lint, images(judge).loss(Wasserstein.wasserstein()));
    finds(critic, lint, images(judge).terms(GradientPenalty.gradientPenalty()));
    finds(critic, lint, images(judge).discriminator(d -> normed(d, judge)));
    Layer[] deviating = {MinibatchStdDev.minibatchStdDev(), Flatten.flatten(), Dense.dense(1)};
    finds(
        "WARNING discriminator.layers.0: minibatchStdDev in a critic whose slope at each sample"
            + " is to be bounded: it makes scores depend on the rest of the batch",
        lint,
        images(deviating).discriminator(d -> normed(d, deviating)));
    findsNothing(lint, images(deviating).loss(Wasserstein.wasserstein()));
    assertTrue(
        found(lint, images(judge).loss(Hinge.hinge())).get(0).startsWith("WARNING"), "hinge warns");
    assertTrue(
        found(lint, images(judge).loss(NonSaturating.nonSaturating())).get(0).startsWith("NOTE"),
        "DCGAN's own way is a note");
    findsNothing(
        lint, images(JUDGE).loss(Wasserstein.wasserstein()), images(JUDGE).loss(Hinge.hinge()));
  }

  private static void normed(DiscriminatorBuilder d, Layer... judge) {
    d.init(Orthogonal.orthogonal()).output(GradientNorm.gradientNorm()).layers(judge);
  }

  @Test
  void batchNormOnOneSide() {
    BatchNormOnOneSide lint = new BatchNormOnOneSide();
    Layer[] mixed = {
      Conv.conv(4),
      BatchNorm.batchNorm(),
      LeakyRelu.leakyRelu(),
      Conv.conv(4),
      LeakyRelu.leakyRelu(),
      BatchNorm.batchNorm(),
      Conv.conv(4),
      BatchNorm.batchNorm(),
      LeakyRelu.leakyRelu(),
      Flatten.flatten(),
      Dense.dense(1)
    };
    finds(
        "WARNING discriminator.layers.5: after an activation, where the discriminator has it"
            + " elsewhere before",
        lint,
        images(mixed));
    Layer[] after = {
      Conv.conv(4),
      LeakyRelu.leakyRelu(),
      BatchNorm.batchNorm(),
      Conv.conv(4),
      LeakyRelu.leakyRelu(),
      BatchNorm.batchNorm(),
      Flatten.flatten(),
      Dense.dense(1)
    };
    findsNothing(lint, images(JUDGE), images(after));
  }

  @Test
  void biasBeforeBatchNorm() {
    BiasBeforeBatchNorm lint = new BiasBeforeBatchNorm();
    Layer[] moot = {Conv.conv(4), BatchNorm.batchNorm(), Flatten.flatten(), Dense.dense(1)};
    finds(
        "NOTE discriminator.layers.0: a bias before batchNorm, which subtracts it again",
        lint,
        images(moot));
    Layer[] without = {
      Conv.conv(4).bias(false), BatchNorm.batchNorm(), Flatten.flatten(), Dense.dense(1)
    };
    Layer[] apart = {Conv.conv(4), Relu.relu(), BatchNorm.batchNorm(), Flatten.flatten()};
    Layer[] reshaped = {
      Flatten.flatten(), Dense.dense(8), Reshape.reshape(2, 2, 2), BatchNorm.batchNorm()
    };
    findsNothing(lint, images(without), images(apart), images(reshaped));
  }

  /** A block that only unused blocks use is unused; one that a used block uses is not. */
  @Test
  void unusedBlock() {
    UnusedBlock lint = new UnusedBlock();
    Layer[] through = {
      Conv.conv(5),
      Residual.residual(Block.block("outer")),
      LeakyRelu.leakyRelu(),
      Flatten.flatten(),
      Dense.dense(1)
    };
    Gan gan =
        images(through)
            .block("left", Block.block("over"))
            .block("inner", Relu.relu())
            .block("outer", Block.block("inner"))
            .block("over", Relu.relu());
    assertEquals(
        List.of(
            "WARNING blocks.0: no network uses the block 'left'",
            "WARNING blocks.3: no network uses the block 'over'"),
        found(lint, gan));
    Layer[] maker = MAKER.clone();
    maker[3] = Block.block("act");
    findsNothing(
        lint,
        images(JUDGE),
        images(through).block("inner", Relu.relu()).block("outer", Block.block("inner")),
        gan(IMAGES, maker, JUDGE).block("act", Relu.relu()));
  }

  @Test
  void labelsReachBoth() {
    LabelsReachBoth lint = new LabelsReachBoth();
    Layer[] told = {ConcatLabels.concatLabels(), Dense.dense(8), Relu.relu(), Dense.dense(2)};
    Layer[] judge = {Dense.dense(1)};
    Layer[] telling = {Residual.residual(ConcatLabels.concatLabels(), Dense.dense(2)), judge[0]};
    Layer[] classifying = {Dense.dense(6), AuxiliaryClassifier.auxiliaryClassifier()};
    Auxiliary real = Auxiliary.auxiliary().fake(0).generator(0);
    finds(
        "WARNING generator.layers.0: the generator is conditional, and the discriminator is"
            + " not: nothing makes its samples belong to their class",
        lint,
        gan(Ring.ring(), told, judge));
    finds(
        "WARNING discriminator.layers.0.layers.0: the discriminator is conditional"
            + " (concatLabels), and the generator is not: its samples are scored for classes"
            + " that it does not know",
        lint,
        gan(Ring.ring(), POINTS, telling));
    finds(
        "WARNING discriminator.layers.1: the discriminator learns classes, and the generator is"
            + " not conditional: it cannot generate samples of a class",
        lint,
        gan(Ring.ring(), POINTS, classifying).terms(real));
    findsNothing(
        lint,
        gan(Ring.ring(), POINTS, judge),
        gan(Ring.ring(), told, telling),
        gan(Ring.ring(), told, classifying).terms(Auxiliary.auxiliary()));
  }
}
