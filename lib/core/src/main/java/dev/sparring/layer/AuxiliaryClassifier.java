package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The last layer of a discriminator that also classifies samples (ACGAN, Odena, Olah and Shlens,
 * arXiv:1610.09585, section 3): from (F) to the score and a logit for each class, (1 + classes).
 * The term {@link dev.sparring.loss.Auxiliary} trains the logits.
 *
 * <p>It outputs class logits and reads no labels. It is a {@link Conditional} layer because it
 * needs the number of classes, and data with labels to learn from.
 *
 * @param bias whether both linear maps have a bias
 * @param init how both weights are drawn, or null for the network's setting
 * @param norm how each weight is normalized, or null for the network's setting
 * @param classes number of classes, or null for that of the data
 */
@Word("auxiliaryClassifier")
public record AuxiliaryClassifier(
    boolean bias, @Nullable Initializer init, @Nullable WeightNorm norm, @Nullable Integer classes)
    implements Composite, Conditional {
  /** Checks the number. */
  public AuxiliaryClassifier {
    if (classes != null) {
      Require.atLeast("classes", classes, 1);
    }
  }

  /** With biases, for the classes of the data; initializer and normalization are the network's. */
  @Defaults
  public static AuxiliaryClassifier auxiliaryClassifier() {
    return new AuxiliaryClassifier(true, null, null, null);
  }

  /** The same with or without biases. */
  public AuxiliaryClassifier bias(boolean bias) {
    return new AuxiliaryClassifier(bias, init, norm, classes);
  }

  /** The same with an initializer of its own. */
  public AuxiliaryClassifier init(Initializer init) {
    return new AuxiliaryClassifier(bias, init, norm, classes);
  }

  /** The same with a normalization of its own. */
  public AuxiliaryClassifier norm(WeightNorm norm) {
    return new AuxiliaryClassifier(bias, init, norm, classes);
  }

  @Override
  public AuxiliaryClassifier classes(int classes) {
    return new AuxiliaryClassifier(bias, init, norm, classes);
  }

  @Override
  public List<Branch> branches(Shape input) {
    Shapes.needFeatures(input);
    return List.of(
        Branch.made("score", input, new Dense(1, bias, init, norm, 1)),
        Branch.made("classes", input, new Dense(knownClasses(), bias, init, norm, 1)));
  }

  @Override
  public Shape outputShape(Shape input, List<Shape> outputs) {
    return Join.CONCAT.outputShape(outputs);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    Tensor score = pass.branch(0, x);
    return Join.CONCAT.apply(List.of(score, pass.branch(1, x)));
  }

  /** The scores in the layer's output, (N, 1). */
  public static Tensor scores(Tensor output) {
    return output.slice(1, 0, 1);
  }

  /** The logits in the layer's output, (N, classes). */
  public static Tensor logits(Tensor output) {
    return output.slice(1, 1, output.shape().dim(1) - 1);
  }

  @Override
  public AuxiliaryClassifier withEach(UnaryOperator<Layer> change) {
    return this;
  }
}
