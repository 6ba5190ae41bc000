package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention over the pixels of an image (SAGAN, Zhang et al., arXiv:1805.08318, equations 1 to
 * 3): each pixel gets a mean of the values of all pixels, weighted by softmax(query . key), and the
 * output is x + gamma * output(mean). Query, key, value and output are 1x1 convolutions without
 * bias; gamma is one number, which starts at 0.
 *
 * <p>As in the authors' code, github.com/brain-research/self-attention-gan, and unlike the paper,
 * values have half of the channels, and keys and values are max-pooled 2x2, which needs a quarter
 * of the memory. Without {@code pool} each pixel attends to all pixels.
 *
 * @param reduction number of the image's channels divided by that of queries and keys
 * @param valueReduction number of the image's channels divided by that of values
 * @param pool whether keys and values are max-pooled 2x2
 * @param init how the four weights are drawn, or null for the network's setting
 * @param norm how they are normalized, or null for the network's setting
 */
@Word("selfAttention")
public record SelfAttention(
    int reduction,
    int valueReduction,
    boolean pool,
    @Nullable Initializer init,
    @Nullable WeightNorm norm)
    implements Composite {
  /** Checks the settings. */
  public SelfAttention {
    Require.atLeast("reduction", reduction, 1);
    Require.atLeast("valueReduction", valueReduction, 1);
  }

  /** The authors' settings: reductions 8 and 2, with pooling. */
  @Defaults
  public static SelfAttention selfAttention() {
    return new SelfAttention(8, 2, true, null, null);
  }

  /** The same with another reduction of queries and keys. */
  public SelfAttention reduction(int reduction) {
    return new SelfAttention(reduction, valueReduction, pool, init, norm);
  }

  /** The same with another reduction of values. */
  public SelfAttention valueReduction(int valueReduction) {
    return new SelfAttention(reduction, valueReduction, pool, init, norm);
  }

  /** The same with or without max pooling of keys and values. */
  public SelfAttention pool(boolean pool) {
    return new SelfAttention(reduction, valueReduction, pool, init, norm);
  }

  /** The same with an initializer of its weights. */
  public SelfAttention init(Initializer init) {
    return new SelfAttention(reduction, valueReduction, pool, init, norm);
  }

  /** The same with a normalization of its weights. */
  public SelfAttention norm(WeightNorm norm) {
    return new SelfAttention(reduction, valueReduction, pool, init, norm);
  }

  @Override
  public List<Branch> branches(Shape input) {
    Shapes.needImage(input);
    int channels = input.dim(0);
    int least = Math.max(reduction, valueReduction);
    if (channels < least) {
      throw new IllegalArgumentException(
          "needs at least " + least + " channels to divide by that, got " + input);
    }
    int values = channels / valueReduction;
    return List.of(
        Branch.made("query", input, conv(channels / reduction)),
        Branch.made("key", input, pooled(channels / reduction)),
        Branch.made("value", input, pooled(values)),
        Branch.made("output", Shape.of(values, input.dim(1), input.dim(2)), conv(channels)));
  }

  private Layer[] pooled(int filters) {
    List<Layer> layers = new ArrayList<>(List.of(conv(filters)));
    if (pool) {
      layers.add(MaxPool.maxPool());
    }
    return layers.toArray(Layer[]::new);
  }

  private Conv conv(int filters) {
    return new Conv(filters, 1, 1, 0, null, 1, false, init, norm, 1);
  }

  @Override
  public Shape outputShape(Shape input, List<Shape> outputs) {
    // The weights of attention, which must fit into an array like every tensor of a sample.
    int attended = outputs.get(1).elements() / outputs.get(1).dim(0);
    Math.multiplyExact(input.elements() / input.dim(0), attended);
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return List.of(Parameter.vector("gamma", 1, Role.GATE));
  }

  /** Those of the two matrix products of attention, query by key and weights by value. */
  @Override
  public long multiplyAdds(Shape input) {
    long pixels = (long) input.dim(1) * input.dim(2);
    long attended = pool ? (long) (input.dim(1) / 2) * (input.dim(2) / 2) : pixels;
    int channels = input.dim(0);
    return pixels * attended * (channels / reduction + channels / valueReduction);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor query = flat(pass.branch(0, x)).permute(0, 2, 1);
    Tensor key = flat(pass.branch(1, x));
    Tensor value = flat(pass.branch(2, x));
    Tensor weights = Softmax.last(query.matmul(key)); // (N, pixels, attended)
    Tensor seen = value.matmul(weights.permute(0, 2, 1));
    Shape shape = x.shape();
    Tensor output =
        pass.branch(
            3,
            seen.reshape(Shape.of(shape.dim(0), seen.shape().dim(1), shape.dim(2), shape.dim(3))));
    return x.plus(output.times(pass.parameter("gamma")));
  }

  /** (N, C, H, W) to (N, C, H * W). */
  private static Tensor flat(Tensor x) {
    Shape shape = x.shape();
    return x.reshape(Shape.of(shape.dim(0), shape.dim(1), shape.dim(2) * shape.dim(3)));
  }

  @Override
  public SelfAttention withEach(UnaryOperator<Layer> change) {
    return this;
  }
}
