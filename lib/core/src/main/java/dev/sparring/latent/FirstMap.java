package dev.sparring.latent;

import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.LinearMap;
import dev.sparring.layer.PixelNorm;
import dev.sparring.layer.Reshape;
import dev.sparring.network.Network;
import dev.sparring.norm.LinearOperator;
import dev.sparring.norm.WeightNorm;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Objects;

/**
 * The first linear map of a generator, as a matrix: that of a dense layer, or of a convolution with
 * its stride, its padding and the size of its input, such as a transposed one on noise of (latent,
 * 1, 1). Its weight is the one that the generator computes with: normalized, if a norm is set.
 * Biases, and the parts of classes ({@code concatLabels}), do not depend on the noise and are left
 * out.
 *
 * @param about which weight it is of, in one line
 * @param values (outputs, latent) in row-major order
 * @param latent the elements of the noise
 */
@SuppressWarnings("ArrayRecordComponent") // read once, right after it is made
record FirstMap(String about, double[] values, int latent) {
  /**
   * The first linear map of a generator whose input is noise.
   *
   * @throws IllegalArgumentException if there is none, or something else than reshape, flatten,
   *     concatLabels and pixelNorm comes before it: then the noise does not meet it as it is
   */
  static FirstMap of(Network generator) {
    for (PlannedLayer layer : generator.plan().layers()) {
      if (layer.layer() instanceof LinearMap) {
        return of(generator, layer);
      }
      if (!keepsNoise(layer)) {
        throw new IllegalArgumentException(
            layer.path()
                + " ("
                + layer.layer().summary()
                + ") comes before the first linear map; expected a generator whose noise meets a"
                + " linear map first");
      }
    }
    throw new IllegalArgumentException("the generator has no linear map");
  }

  /** Layers that leave the noise's elements in their places, up to a factor. */
  private static boolean keepsNoise(PlannedLayer layer) {
    return layer.layer() instanceof Reshape
        || layer.layer() instanceof Flatten
        || layer.layer() instanceof ConcatLabels
        || layer.layer() instanceof PixelNorm;
  }

  private static FirstMap of(Network generator, PlannedLayer layer) {
    int latent = generator.plan().input().elements();
    LinearOperator operator = Objects.requireNonNull(layer.layer().operator(layer.input()));
    String path = layer.weight().orElseThrow().path();
    Engine engine = generator.engine();
    double[][] found = new double[1][];
    engine.scope(
        () -> {
          Tensor weight = generator.normalizedParameters().tensor(path);
          Shape input = layer.input();
          // A row with a 1 for each element of the noise; what follows them is of classes.
          float[] units = new float[Math.multiplyExact(latent, input.elements())];
          for (int i = 0; i < latent; i++) {
            units[i * input.elements() + i] = 1;
          }
          Tensor x = engine.upload(units, input.batch(latent));
          found[0] = engine.withoutGradients(() -> operator.apply(x, weight)).toDoubles();
        });
    int outputs = found[0].length / latent;
    double[] values = new double[found[0].length];
    for (int i = 0; i < latent; i++) {
      for (int o = 0; o < outputs; o++) {
        values[o * latent + i] = found[0][i * outputs + o];
      }
    }
    return new FirstMap(about(layer, path, outputs, latent), values, latent);
  }

  private static String about(PlannedLayer layer, String path, int outputs, int latent) {
    WeightNorm norm = layer.norm();
    return path
        + " ("
        + layer.layer().summary()
        + "), "
        + outputs
        + " outputs of "
        + latent
        + " elements of noise, "
        + (norm.isIdentity() ? "not normalized" : "as " + WeightNorm.word(norm) + " normalizes it");
  }
}
