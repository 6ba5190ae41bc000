package dev.sparring.vocabulary;

import dev.sparring.augment.Color;
import dev.sparring.augment.Cutout;
import dev.sparring.augment.Flip;
import dev.sparring.augment.InstanceNoise;
import dev.sparring.augment.Translation;
import dev.sparring.data.Cifar10;
import dev.sparring.data.Csv;
import dev.sparring.data.Digits;
import dev.sparring.data.Edges;
import dev.sparring.data.FashionMnist;
import dev.sparring.data.Grid;
import dev.sparring.data.Idx;
import dev.sparring.data.ImageFolder;
import dev.sparring.data.Jittered;
import dev.sparring.data.Noise;
import dev.sparring.data.Npy;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.data.SideBySide;
import dev.sparring.init.Constant;
import dev.sparring.init.ConvOrthogonal;
import dev.sparring.init.DeltaOrthogonal;
import dev.sparring.init.Fixup;
import dev.sparring.init.He;
import dev.sparring.init.LeCun;
import dev.sparring.init.Lsuv;
import dev.sparring.init.Normal;
import dev.sparring.init.Ones;
import dev.sparring.init.Orthogonal;
import dev.sparring.init.TruncatedNormal;
import dev.sparring.init.Uniform;
import dev.sparring.init.Xavier;
import dev.sparring.init.Zeros;
import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.AvgPool;
import dev.sparring.layer.Basis;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Block;
import dev.sparring.layer.Branches;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Downsample;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Elu;
import dev.sparring.layer.Embedding;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.GaussianNoise;
import dev.sparring.layer.Gelu;
import dev.sparring.layer.GlobalAvgPool;
import dev.sparring.layer.GlobalSumPool;
import dev.sparring.layer.GroupNorm;
import dev.sparring.layer.InstanceNorm;
import dev.sparring.layer.LayerNorm;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.MaxPool;
import dev.sparring.layer.Maxout;
import dev.sparring.layer.MinibatchStdDev;
import dev.sparring.layer.Padding;
import dev.sparring.layer.PixelNorm;
import dev.sparring.layer.PixelShuffle;
import dev.sparring.layer.Projection;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.Scale;
import dev.sparring.layer.SelfAttention;
import dev.sparring.layer.Shift;
import dev.sparring.layer.Sigmoid;
import dev.sparring.layer.Silu;
import dev.sparring.layer.Skip;
import dev.sparring.layer.Stack;
import dev.sparring.layer.Tanh;
import dev.sparring.layer.Upsample;
import dev.sparring.loss.Auxiliary;
import dev.sparring.loss.ClipWeights;
import dev.sparring.loss.CycleConsistency;
import dev.sparring.loss.Dragan;
import dev.sparring.loss.GradientNorm;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.Identity;
import dev.sparring.loss.LeCam;
import dev.sparring.loss.LeastSquares;
import dev.sparring.loss.LogProbability;
import dev.sparring.loss.Minimax;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.OrthogonalRegularization;
import dev.sparring.loss.R1;
import dev.sparring.loss.R2;
import dev.sparring.loss.Reconstruction;
import dev.sparring.loss.Relativistic;
import dev.sparring.loss.RelativisticAverage;
import dev.sparring.loss.Wasserstein;
import dev.sparring.loss.WeightedLoss;
import dev.sparring.norm.Bsn;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.norm.SnConv;
import dev.sparring.norm.Ssn;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.ConstantRate;
import dev.sparring.optim.CosineDecay;
import dev.sparring.optim.LinearDecay;
import dev.sparring.optim.RmsProp;
import dev.sparring.optim.Sgd;
import dev.sparring.optim.StepDecay;
import dev.sparring.recipe.ClassifierFeatures;
import dev.sparring.recipe.NetworkFeatures;
import dev.sparring.recipe.PixelFeatures;
import java.util.List;

/**
 * The words that come with the library, in the order in which {@code sparring words} and the schema
 * list them. A new word of the library needs a line here; users' words come from a {@link
 * WordProvider}.
 */
final class BuiltInWords implements WordProvider {
  private static final List<Class<? extends Record>> WORDS =
      List.of(
          // initializers
          Zeros.class,
          Ones.class,
          Constant.class,
          Normal.class,
          TruncatedNormal.class,
          Uniform.class,
          He.class,
          Xavier.class,
          LeCun.class,
          Orthogonal.class,
          DeltaOrthogonal.class,
          ConvOrthogonal.class,
          Fixup.class,
          Lsuv.class,
          // weight normalizations
          None.class,
          Sn.class,
          Ssn.class,
          Bsn.class,
          Bssn.class,
          SnConv.class,
          WeightNormalization.class,
          Equalized.class,
          // layers
          Dense.class,
          Conv.class,
          ConvTranspose.class,
          Relu.class,
          LeakyRelu.class,
          Elu.class,
          Silu.class,
          Gelu.class,
          Tanh.class,
          Sigmoid.class,
          BatchNorm.class,
          InstanceNorm.class,
          LayerNorm.class,
          GroupNorm.class,
          Residual.class,
          Skip.class,
          Branches.class,
          Stack.class,
          Block.class,
          ResidualBlock.class,
          SelfAttention.class,
          Projection.class,
          AuxiliaryClassifier.class,
          ConcatLabels.class,
          Embedding.class,
          ConditionalBatchNorm.class,
          PixelNorm.class,
          Scale.class,
          Shift.class,
          Basis.class,
          Reshape.class,
          Flatten.class,
          Upsample.class,
          Downsample.class,
          PixelShuffle.class,
          Padding.class,
          AvgPool.class,
          MaxPool.class,
          GlobalAvgPool.class,
          GlobalSumPool.class,
          Maxout.class,
          MinibatchStdDev.class,
          Dropout.class,
          GaussianNoise.class,
          // losses
          NonSaturating.class,
          Minimax.class,
          Hinge.class,
          LeastSquares.class,
          Wasserstein.class,
          LogProbability.class,
          RelativisticAverage.class,
          Relativistic.class,
          WeightedLoss.class,
          // outputs of discriminators
          GradientNorm.class,
          // terms
          GradientPenalty.class,
          Dragan.class,
          LeCam.class,
          R1.class,
          R2.class,
          OrthogonalRegularization.class,
          Reconstruction.class,
          CycleConsistency.class,
          Identity.class,
          Auxiliary.class,
          ClipWeights.class,
          // augmentations
          Flip.class,
          Translation.class,
          Color.class,
          Cutout.class,
          InstanceNoise.class,
          // optimizers
          Adam.class,
          AdamW.class,
          RmsProp.class,
          Sgd.class,
          // schedules
          ConstantRate.class,
          LinearDecay.class,
          CosineDecay.class,
          StepDecay.class,
          // data sets
          Digits.class,
          FashionMnist.class,
          Idx.class,
          ImageFolder.class,
          Cifar10.class,
          Ring.class,
          Grid.class,
          Noise.class,
          Pairs.class,
          SideBySide.class,
          Edges.class,
          Jittered.class,
          Npy.class,
          Csv.class,
          // features to measure samples by
          PixelFeatures.class,
          ClassifierFeatures.class,
          NetworkFeatures.class);

  @Override
  public List<Class<? extends Record>> words() {
    return WORDS;
  }
}
