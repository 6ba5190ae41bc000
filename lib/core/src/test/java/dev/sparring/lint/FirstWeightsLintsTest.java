package dev.sparring.lint;

import static dev.sparring.lint.LintCases.JUDGE;
import static dev.sparring.lint.LintCases.finds;
import static dev.sparring.lint.LintCases.findsNothing;
import static dev.sparring.lint.LintCases.images;
import static dev.sparring.lint.LintCases.judged;

import dev.sparring.init.Constant;
import dev.sparring.init.ConvOrthogonal;
import dev.sparring.init.DeltaOrthogonal;
import dev.sparring.init.He;
import dev.sparring.init.Normal;
import dev.sparring.init.Orthogonal;
import dev.sparring.init.Xavier;
import dev.sparring.init.Zeros;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Residual;
import dev.sparring.layer.Tanh;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.InitByKind;
import org.junit.jupiter.api.Test;

/**
 * Rules about first weights, each with a recipe that it warns about, and with a similar one that it
 * does not.
 */
class FirstWeightsLintsTest {
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
}
