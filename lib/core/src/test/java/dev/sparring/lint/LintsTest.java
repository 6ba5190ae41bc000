package dev.sparring.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Data;
import dev.sparring.data.Grid;
import dev.sparring.data.Noise;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.init.Constant;
import dev.sparring.init.ConvOrthogonal;
import dev.sparring.init.DeltaOrthogonal;
import dev.sparring.init.He;
import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.init.Orthogonal;
import dev.sparring.init.Xavier;
import dev.sparring.init.Zeros;
import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Block;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.Auxiliary;
import dev.sparring.loss.ClipWeights;
import dev.sparring.loss.CycleConsistency;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.Identity;
import dev.sparring.loss.LogProbability;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.OrthogonalRegularization;
import dev.sparring.loss.Wasserstein;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.RmsProp;
import dev.sparring.optim.Sgd;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.InitByKind;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule with a recipe that it warns about, and with a similar one that it does not. */
class LintsTest {
  private static final Layer[] MAKER = {
    Dense.dense(32).bias(false),
    Reshape.reshape(8, 2, 2),
    BatchNorm.batchNorm(),
    Relu.relu(),
    ConvTranspose.convTranspose(2),
    Tanh.tanh()
  };
  private static final Layer[] JUDGE = {
    Conv.conv(5), LeakyRelu.leakyRelu(), Flatten.flatten(), Dense.dense(1)
  };
  private static final Layer[] POINTS = {Dense.dense(8), Relu.relu(), Dense.dense(2)};
  private static final Data IMAGES = Noise.noise(2, 4, 4);

  private static Gan gan(Data data, Layer[] maker, Layer[] judge) {
    return Gan.named("test")
        .data(data)
        .generator(g -> g.latent(6).init(Orthogonal.orthogonal()).layers(maker))
        .discriminator(d -> d.init(Orthogonal.orthogonal()).layers(judge));
  }

  private static Gan images(Layer... judge) {
    return gan(IMAGES, MAKER, judge);
  }

  private static Gan judged(Initializer init, WeightNorm norm) {
    return images(JUDGE).discriminator(d -> d.init(init).norm(norm).layers(JUDGE));
  }

  /** The warnings of one rule: level, path and text. */
  private static List<String> found(Lint lint, Gan gan) {
    Recipe recipe = gan.build();
    return lint.look(GamePlan.of(recipe)).stream()
        .map(w -> w.level() + " " + w.path() + ": " + w.text())
        .toList();
  }

  private static void finds(String expected, Lint lint, Gan... gans) {
    for (Gan gan : gans) {
      assertEquals(List.of(expected), found(lint, gan));
    }
  }

  private static void findsNothing(Lint lint, Gan... gans) {
    for (Gan gan : gans) {
      assertEquals(List.of(), found(lint, gan));
    }
  }

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
    findsNothing(lint, gan(IMAGES, shaped, JUDGE), gan(IMAGES, MAKER, JUDGE));
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
  void batchNormInCritic() {
    BatchNormInCritic lint = new BatchNormInCritic();
    Layer inner = Residual.residual(BatchNorm.batchNorm(), Conv.conv(2));
    Layer[] judge = {inner, Flatten.flatten(), Dense.dense(1)};
    String critic =
        "WARNING discriminator.layers.0.layers.0: batchNorm in a critic whose slope at each sample"
            + " is to be bounded: it makes scores depend on the rest of the batch";
    finds(critic, lint, images(judge).loss(Wasserstein.wasserstein()));
    finds(critic, lint, images(judge).terms(GradientPenalty.gradientPenalty()));
    assertTrue(
        found(lint, images(judge).loss(Hinge.hinge())).get(0).startsWith("WARNING"), "hinge warns");
    assertTrue(
        found(lint, images(judge).loss(NonSaturating.nonSaturating())).get(0).startsWith("NOTE"),
        "DCGAN's own way is a note");
    findsNothing(
        lint, images(JUDGE).loss(Wasserstein.wasserstein()), images(JUDGE).loss(Hinge.hinge()));
  }

  @Test
  void constantWeights() {
    ConstantWeights lint = new ConstantWeights();
    String equal =
        " start with one value each: its outputs are equal, get equal gradients, and stay equal";
    finds(
        "WARNING discriminator.layers.0: its weights and those of discriminator.layers.3" + equal,
        lint,
        judged(Constant.constant(0.1), None.none()));
    // If either is drawn, units part; biases and scales that are drawn part them, too.
    Constant one = Constant.constant(0.1);
    findsNothing(
        lint,
        judged(Normal.normal(), None.none()),
        images(
            Conv.conv(5),
            LeakyRelu.leakyRelu(),
            Flatten.flatten(),
            Dense.dense(1).init(Zeros.zeros())),
        images(Conv.conv(5).init(one), Relu.relu(), Flatten.flatten(), Dense.dense(1)),
        images(
            Conv.conv(5).init(one),
            BatchNorm.batchNorm().init(Normal.normal()),
            Flatten.flatten(),
            Dense.dense(1).init(one)),
        images(
            Conv.conv(5).init(one), Dropout.dropout(), Flatten.flatten(), Dense.dense(1).init(one)),
        // R3GAN's, Fixup's and SkipInit's branches end in zeros.
        images(
            Residual.residual(Conv.conv(2), Relu.relu(), Conv.conv(2).init(Zeros.zeros())),
            Flatten.flatten(),
            Dense.dense(1)));
    finds(
        "WARNING discriminator.layers.0.layers.0: its weights and those of"
            + " discriminator.layers.0.layers.2"
            + equal,
        lint,
        images(
            Residual.residual(
                Conv.conv(2).init(Zeros.zeros()), Relu.relu(), Conv.conv(2).init(Zeros.zeros())),
            Flatten.flatten(),
            Dense.dense(1)));
  }

  @Test
  void sameKindSameInit() {
    SameKindSameInit lint = new SameKindSameInit();
    Layer[] three = {
      Conv.conv(4),
      LeakyRelu.leakyRelu(),
      Conv.conv(4),
      LeakyRelu.leakyRelu(),
      Conv.conv(4).init(Normal.normal()),
      LeakyRelu.leakyRelu(),
      Flatten.flatten(),
      Dense.dense(1).init(Xavier.xavier())
    };
    finds(
        "NOTE discriminator.layers.4: drawn by normal, conv layers at discriminator.layers.0 before"
            + " the same activation by orthogonal",
        lint,
        images(three));
    three[4] = Conv.conv(4).init(Orthogonal.orthogonal(2));
    finds(
        "NOTE discriminator.layers.4: drawn by orthogonal[gain=2.0], conv layers at"
            + " discriminator.layers.0 before the same activation by orthogonal[gain=1.0]",
        lint,
        images(three));
    Layer[] reasons = {
      Conv.conv(4),
      LeakyRelu.leakyRelu(),
      Conv.conv(4).init(Normal.normal()),
      Tanh.tanh(),
      Conv.conv(4).init(Zeros.zeros()),
      LeakyRelu.leakyRelu(),
      Conv.conv(4).init(He.he()).norm(Sn.sn()),
      LeakyRelu.leakyRelu(),
      Flatten.flatten(),
      Dense.dense(1)
    };
    findsNothing(lint, images(JUDGE), images(reasons));
  }

  @Test
  void xavierBeforeRelu() {
    XavierBeforeRelu lint = new XavierBeforeRelu();
    Layer[] deep = {
      Flatten.flatten(),
      Dense.dense(9).init(Xavier.xavier()),
      Relu.relu(),
      Dense.dense(9).init(Xavier.xavier()),
      Relu.relu(),
      Dense.dense(1).init(Xavier.xavier())
    };
    finds(
        "NOTE discriminator.layers.1, discriminator.layers.3: xavier with gain 1 before relu, which"
            + " keeps about half of the variance: together they shrink signals to 0.50 times",
        lint,
        images(deep));
    findsNothing(
        lint,
        images(
            Flatten.flatten(), Dense.dense(9).init(Xavier.xavier()), Tanh.tanh(), Dense.dense(1)),
        images(
            Flatten.flatten(),
            Dense.dense(9).init(Xavier.xavier().gain(1.4)),
            Relu.relu(),
            Dense.dense(1)),
        images(
            Flatten.flatten(),
            Dense.dense(9).init(Xavier.xavier()).norm(Sn.sn()),
            Relu.relu(),
            Dense.dense(1)));
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
  void gainFitsActivation() {
    GainFitsActivation lint = new GainFitsActivation();
    Layer[] tanh = {Flatten.flatten(), Dense.dense(9), Tanh.tanh(), Dense.dense(1)};
    finds(
        "WARNING discriminator.layers.1: its initializer has gain 1.10, before tanh whose gain is"
            + " 1.67",
        lint,
        images(
            Flatten.flatten(),
            Dense.dense(9).init(He.he().gain(1.1)),
            Tanh.tanh(),
            Dense.dense(1)));
    finds(
        "WARNING discriminator.layers.0: its initializer has gain 3.00, before leakyRelu whose gain"
            + " is 1.39",
        lint,
        judged(Orthogonal.orthogonal(3), None.none()));
    findsNothing(
        lint,
        judged(Orthogonal.orthogonal(3), Sn.sn()), // which takes the scale out
        judged(Xavier.xavier().gain(1.2), None.none()),
        images(tanh).discriminator(d -> d.init(He.he()).layers(tanh)),
        judged(Conventions.PYTORCH.init(), None.none())); // far below He's, and usual
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

  @Test
  void scaleUnderSpectralNorm() {
    ScaleUnderSpectralNorm lint = new ScaleUnderSpectralNorm();
    finds(
        "NOTE discriminator.layers.0, discriminator.layers.3: the scale of its initializer is"
            + " divided out by spectral normalization: only directions count, and initializers"
            + " that differ in scale start with equal weights",
        lint,
        judged(Normal.normal(0, 0.05), Sn.sn()),
        judged(Orthogonal.orthogonal().gain(2), Sn.sn()),
        judged(DeltaOrthogonal.deltaOrthogonal().gain(2), Sn.sn()),
        judged(ConvOrthogonal.convOrthogonal().gain(2), Sn.sn()));
    findsNothing(
        lint,
        judged(Normal.normal(0, 0.05), None.none()),
        judged(Orthogonal.orthogonal(), Sn.sn()),
        judged(DeltaOrthogonal.deltaOrthogonal(), Sn.sn()));
  }

  @Test
  void initUnderNorm() {
    InitUnderNorm lint = new InitUnderNorm();
    finds(
        "WARNING discriminator.init: has no effect: the normalization of"
            + " discriminator.layers.0, discriminator.layers.3 draws their weights",
        lint,
        judged(Orthogonal.orthogonal(), Equalized.equalized()));
    InitByKind dense = InitByKind.initByKind().dense(Xavier.xavier());
    finds(
        "WARNING discriminator.initByKind.dense: has no effect: the normalization of"
            + " discriminator.layers.0, discriminator.layers.3 draws their weights",
        lint,
        images(JUDGE)
            .discriminator(d -> d.initByKind(dense).norm(Equalized.equalized()).layers(JUDGE)));
    findsNothing(
        lint,
        judged(Orthogonal.orthogonal(), None.none()),
        // Not set by the recipe.
        images(JUDGE).discriminator(d -> d.norm(Equalized.equalized()).layers(JUDGE)),
        // For the other layer.
        images(JUDGE)
            .discriminator(
                d ->
                    d.init(Orthogonal.orthogonal())
                        .layers(
                            Conv.conv(4).norm(Equalized.equalized()),
                            LeakyRelu.leakyRelu(0.2),
                            Flatten.flatten(),
                            Dense.dense(1))));
  }

  @Test
  void warningsComeBeforeNotesAndSayAllInOneLine() {
    Layer[] moot = {
      Conv.conv(4),
      BatchNorm.batchNorm(),
      LeakyRelu.leakyRelu(0.9),
      Flatten.flatten(),
      Dense.dense(1)
    };
    List<Warning> all = Lints.check(images(moot).build());
    assertEquals(
        "WARNING NOTE NOTE",
        all.stream().map(w -> w.level().name()).collect(Collectors.joining(" ")));
    assertEquals(
        "discriminator.layers.2: leakyRelu 0.9 is nearly linear (arXiv:1511.06434 has 0.2,"
            + " arXiv:1802.05957 0.1); fix: slope: 0.2",
        all.get(0).toString());
  }

  /** A GAN like DCGAN raises no warning, whichever framework's defaults it has. */
  @ParameterizedTest
  @EnumSource
  void conventionsAreNoMistakes(Conventions conventions) {
    Gan gan =
        Gan.named("test")
            .conventions(conventions)
            .data(IMAGES)
            .generator(
                g ->
                    g.layers(Dense.dense(32), Reshape.reshape(8, 2, 2), BatchNorm.batchNorm())
                        .layers(
                            Relu.relu(), ConvTranspose.convTranspose(2).padding(1), Tanh.tanh()))
            .discriminator(d -> d.layers(JUDGE));
    assertEquals(List.of(), Lints.check(gan.build()));
  }
}
