package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.NullIs;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import org.jspecify.annotations.Nullable;

/**
 * Random orthogonal convolutions with all taps in use (Xiao, Bahri, Sohl-Dickstein, Schoenholz and
 * Pennington, arXiv:1806.05393; TensorFlow's ConvolutionOrthogonal2D): a kernel k x k is an
 * orthogonal matrix times the matrix convolution of k - 1 kernels of 2 x 2 taps:
 *
 * <pre>
 * P Q      P (1 - Q)
 * (1 - P) Q   (1 - P) (1 - Q)
 * </pre>
 *
 * <p>P and Q are random orthogonal projections, whose ranks are binomially distributed around half
 * of the channels.
 *
 * <p>With stride 1 and borders that go round, which no layer here has, every output would have
 * exactly gain times the length of its input; with zeros at the borders it loses some there. It
 * needs at least as many outputs as inputs; plans refuse other convolutions. Dense layers get what
 * {@code orthogonal} draws.
 *
 * @param gain factor on the kernel, or auto for the gain of the activation after the layer, as for
 *     {@code he}
 */
@Word("convOrthogonal")
public record ConvOrthogonal(@NullIs("auto") @Nullable Double gain) implements Initializer {
  /** Checks the gain. */
  public ConvOrthogonal {
    Require.positive("gain", gain);
  }

  /** Gain 1. */
  @Defaults
  public static ConvOrthogonal convOrthogonal() {
    return new ConvOrthogonal(1.0);
  }

  /** The same with another gain. */
  public ConvOrthogonal gain(double gain) {
    return new ConvOrthogonal(gain);
  }

  /** The same with the gain of the activation after the layer. */
  public ConvOrthogonal gainOfActivation() {
    return new ConvOrthogonal(null);
  }

  @Override
  public void check(WeightSpec weight) {
    Kernel.of(weight).needOutputs("convOrthogonal");
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    Kernel kernel = Kernel.of(weight);
    if (kernel.side() == 0) {
      return new Orthogonal(gain).draw(weight, random);
    }
    kernel.needOutputs("convOrthogonal");
    int n = kernel.outputs();
    double[] q = Orthogonal.random(n, n, random);
    double[][] taps = {identity(n)};
    for (int side = 1; side < kernel.side(); side++) {
      taps = convolved(taps, side, pair(projection(n, random), projection(n, random), n), n);
    }
    double factor = weight.gainOr(gain);
    double[] values = new double[weight.shape().elements()];
    for (int tap = 0; tap < taps.length; tap++) {
      double[] matrix = product(taps[tap], q, n);
      for (int o = 0; o < n; o++) {
        for (int i = 0; i < kernel.inputs(); i++) {
          int at = kernel.index(o, i, tap / kernel.side(), tap % kernel.side());
          values[at] = factor * matrix[o * n + i];
        }
      }
    }
    return values;
  }

  /** Onto the span of some columns of a random orthogonal matrix, each with probability 1/2. */
  private static double[] projection(int n, RandomStream random) {
    double[] q = Orthogonal.random(n, n, random);
    double[] p = new double[n * n];
    for (int c = 0; c < n; c++) {
      if (random.uniform() < 0.5) {
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            p[i * n + j] += q[i * n + c] * q[j * n + c];
          }
        }
      }
    }
    return p;
  }

  /** Two taps in each dimension; the sum over all of them is the identity. */
  private static double[][] pair(double[] p, double[] q, int n) {
    double[] notP = complement(p, n);
    double[] notQ = complement(q, n);
    return new double[][] {
      product(p, q, n), product(p, notQ, n), product(notP, q, n), product(notP, notQ, n)
    };
  }

  private static double[] complement(double[] p, int n) {
    double[] rest = identity(n);
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= p[i];
    }
    return rest;
  }

  /** The matrix convolution of side x side taps with 2 x 2 taps. */
  private static double[][] convolved(double[][] a, int side, double[][] b, int n) {
    int larger = side + 1;
    double[][] sum = new double[larger * larger][n * n];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        double[] both = product(a[i], b[j], n);
        double[] to = sum[(i / side + j / 2) * larger + i % side + j % 2];
        for (int k = 0; k < both.length; k++) {
          to[k] += both[k];
        }
      }
    }
    return sum;
  }

  private static double[] product(double[] a, double[] b, int n) {
    double[] c = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double factor = a[i * n + k];
        for (int j = 0; j < n; j++) {
          c[i * n + j] += factor * b[k * n + j];
        }
      }
    }
    return c;
  }

  private static double[] identity(int n) {
    double[] one = new double[n * n];
    for (int i = 0; i < n; i++) {
      one[i * n + i] = 1;
    }
    return one;
  }
}
