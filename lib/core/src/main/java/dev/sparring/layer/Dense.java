package dev.sparring.layer;

import dev.sparring.init.Initializer;
import dev.sparring.norm.LinearOperator;
import dev.sparring.norm.WeightNorm;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * x W^T + b: (F) to (units), with weight (units, F).
 *
 * @param units number of output features
 * @param bias whether a bias is added
 * @param init how the weight is drawn, or null for the network's setting
 * @param norm how the weight is normalized, or null for the network's setting
 * @param rate factor on the optimizer's learning rate for the layer's parameters, such as the 0.01
 *     of StyleGAN's mapping network; 0 keeps them as they begin. {@code equalized} has a multiplier
 *     that also changes how weights are drawn
 */
@Word("dense")
public record Dense(
    int units, boolean bias, @Nullable Initializer init, @Nullable WeightNorm norm, double rate)
    implements LinearMap {
  /** Checks the settings. */
  public Dense {
    Require.atLeast("units", units, 1);
    Require.notNegative("rate", rate);
  }

  /** With a bias; initializer and normalization are the network's. */
  @Defaults
  public static Dense dense(int units) {
    return new Dense(units, true, null, null, 1);
  }

  /** The same with or without a bias. */
  public Dense bias(boolean bias) {
    return new Dense(units, bias, init, norm, rate);
  }

  /** The same with an initializer of its own. */
  public Dense init(Initializer init) {
    return new Dense(units, bias, init, norm, rate);
  }

  /** The same with a normalization of its own. */
  public Dense norm(WeightNorm norm) {
    return new Dense(units, bias, init, norm, rate);
  }

  /** The same learning at another rate. */
  public Dense rate(double rate) {
    return new Dense(units, bias, init, norm, rate);
  }

  @Override
  public Shape outputShape(Shape input) {
    Shapes.needFeatures(input);
    return Shape.of(units);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    int in = input.dim(0);
    List<Parameter> all = new ArrayList<>();
    all.add(Parameter.weight(Shape.of(units, in), 0, in, units));
    if (bias) {
      all.add(Parameter.vector("bias", units, Role.BIAS));
    }
    return all;
  }

  @Override
  public long multiplyAdds(Shape input) {
    return (long) units * input.dim(0);
  }

  @Override
  public LinearOperator operator(Shape input) {
    return new MapOperator(
        input, outputShape(input), (x, weight) -> x.linear(weight, null), Tensor::matmul);
  }

  @Override
  public OptionalDouble stretch(Shape input) {
    return OptionalDouble.of(1);
  }

  @Override
  public Tensor forward(Tensor x, LayerContext pass) {
    return x.linear(pass.parameter("weight"), pass.parameterOrNull("bias"));
  }

  @Override
  public String summary() {
    return "dense " + units;
  }
}
