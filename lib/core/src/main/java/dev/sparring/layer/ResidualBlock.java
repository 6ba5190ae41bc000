package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A pre-activation residual block, as in SNGAN (Miyato et al., arXiv:1802.05957, appendix B.4,
 * figure 8) and in its authors' code, github.com/pfnet-research/ sngan_projection:
 *
 * <pre>
 * layers     norm, relu, [upsample], conv 3x3, norm, relu, conv 3x3, [avgPool]
 * shortcut   [upsample], conv 1x1, [avgPool]; x itself if size and channels stay
 * </pre>
 *
 * <p>The {@code first} block of a discriminator has no activation before its first convolution, and
 * pools before the convolution of its shortcut.
 *
 * @param filters number of output channels
 * @param resample change of the image size: {@code up} in generators, {@code down} in
 *     discriminators
 * @param normalize normalization before the activations: {@code batch} or {@code conditional} in
 *     generators
 * @param eps eps of that normalization, as in {@link BatchNorm}; null for the convention's
 * @param momentum momentum of that normalization, as in {@link BatchNorm}; null for the
 *     convention's
 * @param first whether it is the first block of a discriminator, whose input is an image
 * @param hidden number of channels between the two 3x3 convolutions; null for that of the authors'
 *     code: {@code filters} with normalization or in the first block, else the channels of the
 *     input
 * @param init how the weights of the 3x3 convolutions are drawn, or null for the network's setting;
 *     the authors' is {@code xavier(gain = sqrt 2)}
 * @param shortcutInit how the weight of the shortcut is drawn, or null for the network's setting;
 *     the authors' is {@code xavier}
 * @param norm how its weights are normalized, or null for the network's setting
 */
@Word("residualBlock")
public record ResidualBlock(
    int filters,
    Resample resample,
    BlockNorm normalize,
    @Nullable Double eps,
    @Nullable Double momentum,
    boolean first,
    @Nullable Integer hidden,
    @Nullable Initializer init,
    @Nullable Initializer shortcutInit,
    @Nullable WeightNorm norm)
    implements Composite {
  /** Checks the settings. */
  public ResidualBlock {
    Require.atLeast("filters", filters, 1);
    if (hidden != null) {
      Require.atLeast("hidden", hidden, 1);
    }
    if (normalize == BlockNorm.NONE && (eps != null || momentum != null)) {
      throw new IllegalArgumentException("eps and momentum are for blocks that normalize");
    }
    if (first && normalize != BlockNorm.NONE) {
      throw new IllegalArgumentException(
          "first is for blocks without normalization, which would be the picture's");
    }
  }

  /** Keeps the size, and normalizes nothing. */
  @Defaults
  public static ResidualBlock residualBlock(int filters) {
    return new ResidualBlock(
        filters, Resample.NONE, BlockNorm.NONE, null, null, false, null, null, null, null);
  }

  /** The same with another change of the image size. */
  public ResidualBlock resample(Resample resample) {
    return Settings.with(this, "resample", resample);
  }

  /** The same with another normalization before its activations. */
  public ResidualBlock normalize(BlockNorm normalize) {
    return Settings.with(this, "normalize", normalize);
  }

  /** The same with another eps of its normalization. */
  public ResidualBlock eps(double eps) {
    return Settings.with(this, "eps", eps);
  }

  /** The same with another momentum of its normalization. */
  public ResidualBlock momentum(double momentum) {
    return Settings.with(this, "momentum", momentum);
  }

  /** The same as a discriminator's first block, or as another. */
  public ResidualBlock first(boolean first) {
    return Settings.with(this, "first", first);
  }

  /** The same with another number of channels between its convolutions. */
  public ResidualBlock hidden(int hidden) {
    return Settings.with(this, "hidden", hidden);
  }

  /** The same with an initializer of its 3x3 convolutions. */
  public ResidualBlock init(Initializer init) {
    return Settings.with(this, "init", init);
  }

  /** The same with an initializer of its shortcut. */
  public ResidualBlock shortcutInit(Initializer shortcutInit) {
    return Settings.with(this, "shortcutInit", shortcutInit);
  }

  /** The same with a normalization of its weights. */
  public ResidualBlock norm(WeightNorm norm) {
    return Settings.with(this, "norm", norm);
  }

  @Override
  public List<Branch> branches(Shape input) {
    Shapes.needImage(input);
    return List.of(
        Branch.made("layers", input, layers(input.dim(0)).toArray(Layer[]::new)),
        Branch.made("shortcut", input, shortcut(input.dim(0)).toArray(Layer[]::new)));
  }

  private List<Layer> layers(int channels) {
    boolean asInput = normalize == BlockNorm.NONE && !first;
    int between = hidden != null ? hidden : asInput ? channels : filters;
    List<Layer> layers = new ArrayList<>();
    if (!first) {
      activation(layers);
    }
    if (resample == Resample.UP) {
      layers.add(Upsample.upsample());
    }
    layers.add(conv(between, 3, init));
    activation(layers);
    layers.add(conv(filters, 3, init));
    if (resample == Resample.DOWN) {
      layers.add(AvgPool.avgPool());
    }
    return layers;
  }

  private void activation(List<Layer> layers) {
    switch (normalize) {
      case NONE -> {}
      case BATCH -> layers.add(new BatchNorm(eps, momentum, true, false, null));
      case CONDITIONAL -> layers.add(new ConditionalBatchNorm(eps, momentum, null, null));
    }
    layers.add(Relu.relu());
  }

  private List<Layer> shortcut(int channels) {
    if (channels == filters && resample == Resample.NONE) {
      return List.of();
    }
    Layer conv = conv(filters, 1, shortcutInit);
    return switch (resample) {
      case NONE -> List.of(conv);
      case UP -> List.of(Upsample.upsample(), conv);
      case DOWN -> first ? List.of(AvgPool.avgPool(), conv) : List.of(conv, AvgPool.avgPool());
    };
  }

  private Conv conv(int filters, int kernel, @Nullable Initializer init) {
    return new Conv(filters, kernel, 1, kernel / 2, null, 1, true, init, norm, 1);
  }

  @Override
  public OptionalInt residualBranch() {
    return OptionalInt.of(0);
  }

  @Override
  public Shape outputShape(Shape input, List<Shape> outputs) {
    return outputs.get(0); // both have the same shape by construction
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor layered = pass.branch(0, x);
    return pass.branch(1, x).plus(layered);
  }

  @Override
  public ResidualBlock withEach(UnaryOperator<Layer> change) {
    return this;
  }

  @Override
  public String summary() {
    return "residualBlock "
        + filters
        + (resample == Resample.NONE ? "" : " " + resample.name().toLowerCase(Locale.ROOT));
  }
}
