package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A learnt vector for the class of each sample; it replaces the input: any shape to (units). To
 * keep the input, use it in a path beside others: {@code branches(paths = [[...], [embedding]])}.
 * Weight (units, classes), in the layout of a dense layer.
 *
 * @param units length of a vector
 * @param init how the vectors are drawn, or null for the network's setting
 * @param norm how the weight is normalized, or null for the network's setting
 * @param classes number of classes, or null for that of the data
 */
@Word("embedding")
public record Embedding(
    int units, @Nullable Initializer init, @Nullable WeightNorm norm, @Nullable Integer classes)
    implements Conditional {
  /** Checks the numbers. */
  public Embedding {
    Require.atLeast("units", units, 1);
    if (classes != null) {
      Require.atLeast("classes", classes, 1);
    }
  }

  /** For the classes of the data; initializer and normalization are the network's. */
  @Defaults
  public static Embedding embedding(int units) {
    return new Embedding(units, null, null, null);
  }

  /** The same with an initializer of its own. */
  public Embedding init(Initializer init) {
    return new Embedding(units, init, norm, classes);
  }

  /** The same with a normalization of its own. */
  public Embedding norm(WeightNorm norm) {
    return new Embedding(units, init, norm, classes);
  }

  @Override
  public Embedding classes(int classes) {
    return new Embedding(units, init, norm, classes);
  }

  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(units);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return List.of(Parameter.weight(Shape.of(units, knownClasses()), 0, knownClasses(), units));
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return pass.labels().linear(pass.parameter("weight"), null);
  }

  @Override
  public String summary() {
    return "embedding " + units;
  }
}
