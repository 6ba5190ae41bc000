package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.NullIs;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import org.jspecify.annotations.Nullable;

/**
 * Delta-orthogonal initialization of convolutions (Xiao, Bahri, Sohl-Dickstein, Schoenholz and
 * Pennington, arXiv:1806.05393): an orthogonal matrix times a gain at the middle tap of the kernel,
 * and 0 at all others.
 *
 * <p>With stride 1 every output of the convolution has exactly gain times the length of its input,
 * and so have gradients where inputs and outputs are as many. {@code orthogonal} does not do that.
 * With stride 2 a convolution sees every second pixel only. The middle tap is that of index (kernel
 * - 1) / 2, rounded down.
 *
 * <p>The matrix is outputs x inputs with orthonormal columns, so that a convolution needs at least
 * as many outputs as inputs; plans refuse others. Dense layers get what {@code orthogonal} draws.
 * The gain multiplies the matrix, as in TensorFlow 1 and JAX; an older text of TensorFlow's
 * documentation says that the root of the gain does.
 *
 * @param gain factor on the orthogonal matrix, or auto for the gain of the activation after the
 *     layer, as for {@code he}
 */
@Word("deltaOrthogonal")
public record DeltaOrthogonal(@NullIs("auto") @Nullable Double gain) implements Initializer {
  /** Checks the gain. */
  public DeltaOrthogonal {
    Require.positive("gain", gain);
  }

  /** Gain 1. */
  @Defaults
  public static DeltaOrthogonal deltaOrthogonal() {
    return new DeltaOrthogonal(1.0);
  }

  /** The same with another gain. */
  public DeltaOrthogonal gain(double gain) {
    return new DeltaOrthogonal(gain);
  }

  /** The same with the gain of the activation after the layer. */
  public DeltaOrthogonal gainOfActivation() {
    return new DeltaOrthogonal(null);
  }

  @Override
  public void check(WeightSpec weight) {
    Kernel.of(weight).needOutputs("deltaOrthogonal");
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    Kernel kernel = Kernel.of(weight);
    if (kernel.side() == 0) {
      return new Orthogonal(gain).draw(weight, random);
    }
    kernel.needOutputs("deltaOrthogonal");
    double[] q = Orthogonal.random(kernel.outputs(), kernel.outputs(), random);
    double factor = weight.gainOr(gain);
    double[] values = new double[weight.shape().elements()];
    int middle = (kernel.side() - 1) / 2;
    for (int o = 0; o < kernel.outputs(); o++) {
      for (int i = 0; i < kernel.inputs(); i++) {
        values[kernel.index(o, i, middle, middle)] = factor * q[o * kernel.outputs() + i];
      }
    }
    return values;
  }
}
