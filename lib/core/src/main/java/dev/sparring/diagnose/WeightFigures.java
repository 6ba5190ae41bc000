package dev.sparring.diagnose;

import dev.sparring.init.WeightSpec;
import dev.sparring.norm.LinearOperator;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Figures of one weight in one measurement. */
final class WeightFigures {
  private static final List<Figure> OF_ALL =
      List.of(
          Figure.GRAD_NORM,
          Figure.WEIGHT_NORM,
          Figure.UPDATE_RATIO,
          Figure.SIGMA,
          Figure.STABLE_RANK,
          Figure.VARIANCE_LECUN,
          Figure.VARIANCE_XAVIER,
          Figure.VARIANCE_HE);

  private final Weights.Weight weight;
  private final Tensor raw;
  private final Tensor effective;

  /**
   * A weight.
   *
   * @param raw the raw weight
   * @param effective the weight as used in a training pass
   */
  WeightFigures(Weights.Weight weight, Tensor raw, Tensor effective) {
    this.weight = weight;
    this.raw = raw;
    this.effective = effective;
  }

  /** The columns of a weight, gradients and updates included. */
  static List<String> columns(Weights.Weight weight) {
    List<Figure> figures = new ArrayList<>(OF_ALL);
    if (weight.isNormalized()) {
      figures.add(Figure.GRAD_NORM_NORMALIZED);
    }
    if (convolution(weight) != null) {
      figures.add(Figure.SIGMA_CONV);
    }
    if (weight.layer().norm().spectralScale().isPresent()) {
      figures.add(Figure.SIGMA_RATIO);
    }
    return figures.stream().map(f -> f.column(weight.path())).toList();
  }

  void into(ObjDoubleConsumer<String> figures) {
    double squares = TrainingFigures.squares(raw);
    double[] largest =
        weight.layer().norm().matrices(raw, weight.parameter().normalized()).stream()
            .mapToDouble(SingularValues::largest)
            .toArray();
    double sigma = Arrays.stream(largest).sum() / largest.length;
    put(figures, Figure.WEIGHT_NORM, Math.sqrt(squares));
    put(figures, Figure.SIGMA, sigma);
    LinearOperator map = convolution(weight);
    if (map != null) {
      put(figures, Figure.SIGMA_CONV, OperatorNorm.of(map, raw));
    }
    put(figures, Figure.STABLE_RANK, squares / (largest[0] * largest[0]));
    OptionalDouble scale = weight.layer().norm().spectralScale();
    if (scale.isPresent()) {
      // The weight is used as scale * raw / estimate.
      double share = Math.sqrt(squares / TrainingFigures.squares(effective));
      put(figures, Figure.SIGMA_RATIO, scale.getAsDouble() * share / sigma);
    }
    double variance = variance();
    WeightSpec spec = weight.parameter().weight();
    double in = spec.fans().in();
    put(figures, Figure.VARIANCE_LECUN, variance * in);
    put(figures, Figure.VARIANCE_XAVIER, variance * (in + spec.fans().out()) / 2);
    put(figures, Figure.VARIANCE_HE, variance * in / (spec.gain() * spec.gain()));
  }

  /**
   * The map of a convolution; null for other layers. That of images larger than 8 kernels and than
   * 32 pixels is taken of a part so large: it lengthens as much up to a hundredth, and whole images
   * of 256 x 256 take longer than eight steps of a batch of one.
   */
  private static @Nullable LinearOperator convolution(Weights.Weight weight) {
    Shape kernels = weight.parameter().parameter().shape();
    if (kernels.rank() != 4) {
      return null;
    }
    Shape image = weight.layer().input();
    int side = Math.max(32, 8 * Math.max(kernels.dim(2), kernels.dim(3)));
    Shape part = Shape.of(image.dim(0), Math.min(image.dim(1), side), Math.min(image.dim(2), side));
    return weight.layer().layer().operator(part);
  }

  private double variance() {
    double mean = effective.mean().item();
    return effective.plus(-mean).square().mean().item();
  }

  private void put(ObjDoubleConsumer<String> figures, Figure figure, double value) {
    figures.accept(figure.column(weight.path()), value);
  }
}
