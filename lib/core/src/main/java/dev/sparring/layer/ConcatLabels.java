package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends the class of each sample to its features, (F) to (F + K), or as constant planes to its
 * channels, (C, H, W) to (C + K, H, W): the conditional GAN of Mirza and Osindero (arXiv:1411.1784,
 * figure 1). A class is a one-hot vector of K classes or a learnt vector of K numbers.
 *
 * @param embedding the length of a learnt vector for each class, weight (embedding, classes) in the
 *     layout of a dense layer; null for a one-hot vector
 * @param init how the vectors are drawn, or null for the network's setting
 * @param classes number of classes, or null for that of the data
 */
@Word("concatLabels")
public record ConcatLabels(
    @Nullable Integer embedding, @Nullable Initializer init, @Nullable Integer classes)
    implements Conditional {
  /** Checks the numbers. */
  public ConcatLabels {
    if (embedding != null) {
      Require.atLeast("embedding", embedding, 1);
    }
    if (classes != null) {
      Require.atLeast("classes", classes, 1);
    }
  }

  /** One-hot vectors, for the classes of the data. */
  @Defaults
  public static ConcatLabels concatLabels() {
    return new ConcatLabels(null, null, null);
  }

  /** The same with a learnt vector of this length for each class. */
  public ConcatLabels embedding(int embedding) {
    return new ConcatLabels(embedding, init, classes);
  }

  /** The same with an initializer of its vectors. */
  public ConcatLabels init(Initializer init) {
    return new ConcatLabels(embedding, init, classes);
  }

  @Override
  public ConcatLabels classes(int classes) {
    return new ConcatLabels(embedding, init, classes);
  }

  private int added() {
    return embedding != null ? embedding : knownClasses();
  }

  @Override
  public Shape outputShape(Shape input) {
    int channels = Math.addExact(input.dim(0), added());
    return input.channels(channels);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return embedding == null
        ? List.of()
        : List.of(
            Parameter.weight(Shape.of(embedding, knownClasses()), 0, knownClasses(), embedding));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor weight = pass.parameterOrNull("weight");
    Tensor labels = weight == null ? pass.labels() : pass.labels().linear(weight, null);
    if (x.shape().rank() == 2) {
      return x.concat(List.of(labels), 1);
    }
    Shape shape = x.shape();
    Tensor planes = pass.engine().full(1, Shape.of(1, 1, shape.dim(2), shape.dim(3)));
    Tensor each = labels.reshape(Shape.of(shape.dim(0), added(), 1, 1)).times(planes);
    return x.concat(List.of(each), 1);
  }

  @Override
  public String summary() {
    return embedding == null ? "concatLabels" : "concatLabels, embedding " + embedding;
  }
}
