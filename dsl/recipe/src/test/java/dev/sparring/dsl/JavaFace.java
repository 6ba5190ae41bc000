package dev.sparring.dsl;

import static dev.sparring.data.Digits.digits;
import static dev.sparring.init.He.he;
import static dev.sparring.init.Normal.normal;
import static dev.sparring.init.Orthogonal.orthogonal;
import static dev.sparring.init.Xavier.xavier;
import static dev.sparring.layer.AuxiliaryClassifier.auxiliaryClassifier;
import static dev.sparring.layer.BatchNorm.batchNorm;
import static dev.sparring.layer.Block.block;
import static dev.sparring.layer.Branches.branches;
import static dev.sparring.layer.ConcatLabels.concatLabels;
import static dev.sparring.layer.ConditionalBatchNorm.conditionalBatchNorm;
import static dev.sparring.layer.Conv.conv;
import static dev.sparring.layer.ConvTranspose.convTranspose;
import static dev.sparring.layer.Dense.dense;
import static dev.sparring.layer.Flatten.flatten;
import static dev.sparring.layer.GlobalSumPool.globalSumPool;
import static dev.sparring.layer.LeakyRelu.leakyRelu;
import static dev.sparring.layer.Relu.relu;
import static dev.sparring.layer.Reshape.reshape;
import static dev.sparring.layer.Residual.residual;
import static dev.sparring.layer.ResidualBlock.residualBlock;
import static dev.sparring.layer.SelfAttention.selfAttention;
import static dev.sparring.layer.Skip.skip;
import static dev.sparring.layer.Stack.stack;
import static dev.sparring.layer.Tanh.tanh;
import static dev.sparring.loss.Auxiliary.auxiliary;
import static dev.sparring.loss.Hinge.hinge;
import static dev.sparring.norm.Bssn.bssn;
import static dev.sparring.norm.Power.power;
import static dev.sparring.norm.Sn.sn;
import static dev.sparring.optim.Adam.adam;
import static dev.sparring.recipe.InitByKind.initByKind;
import static dev.sparring.recipe.NetworkFeatures.network;

import dev.sparring.init.FanRule;
import dev.sparring.layer.BlockNorm;
import dev.sparring.layer.Join;
import dev.sparring.layer.Resample;
import dev.sparring.optim.LinearDecay;
import dev.sparring.recipe.Evaluate;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import java.util.List;

/** The recipe of {@code FacesSpec} as Java writes it. */
final class JavaFace {
  private JavaFace() {}

  static Recipe recipe() {
    return Gan.named("digits")
        .data(digits())
        .generator(
            g ->
                g.latent(64)
                    .init(orthogonal())
                    .initByKind(initByKind().conv(he()).batchNorm(normal(1, 0.02)))
                    .fans(FanRule.PYTORCH)
                    .layers(dense(1024), reshape(64, 4, 4), batchNorm(), relu())
                    .layers(convTranspose(32), batchNorm(), relu())
                    .layers(conv(1).kernel(3).init(xavier()), tanh()))
        .discriminator(
            d ->
                d.norm(bssn(1.4).power(power().warmup(15)))
                    .layers(conv(32), leakyRelu(0.1), conv(64).kernel(4).stride(2), leakyRelu(0.1))
                    .layers(flatten(), dense(1)))
        .loss(hinge())
        .optimizers(
            adam(2e-4, 0.5, 0.999), adam().lr(4e-4).schedule(LinearDecay.linearDecay().start(0.5)))
        .train(Train.train().steps(2000).batch(64).seed(7))
        .output(Output.output().samplesEvery(250))
        .evaluate(Evaluate.evaluate().every(500).extractor(network("faces.onnx", "unit")))
        .build();
  }

  /** Layers inside layers, and conditional layers. */
  static Recipe nested() {
    return Gan.named("nested")
        .data(digits())
        .block("head", relu(), conv(8))
        .block("other", block("head"))
        .generator(
            g ->
                g.latent(16)
                    .layers(concatLabels().embedding(4), dense(64), reshape(4, 4, 4))
                    .layers(residual(block("head")).shortcut(conv(8).kernel(1)), block("head"))
                    .layers(skip(conv(4).kernel(4).stride(2), skip(conv(2)), convTranspose(8)))
                    .layers(stack(2, residual(relu(), conv(16))))
                    .layers(
                        residualBlock(8)
                            .resample(Resample.UP)
                            .normalize(BlockNorm.CONDITIONAL)
                            .init(xavier().gain(1.5)))
                    .layers(conditionalBatchNorm().momentum(0.2), relu(), conv(1), tanh()))
        .discriminator(
            d ->
                d.norm(sn())
                    .layers(residualBlock(8).resample(Resample.DOWN).first(true))
                    .layers(branches(List.of(List.of(conv(8)), List.of())))
                    .layers(
                        branches(List.of(List.of(conv(8)), List.of(conv(8).kernel(1))))
                            .join(Join.SUM))
                    .layers(selfAttention().pool(false), globalSumPool(), auxiliaryClassifier()))
        .terms(auxiliary().fake(0))
        .build();
  }
}
