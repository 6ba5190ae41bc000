package dev.sparring.init;

import dev.sparring.random.RandomStream;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.NullIs;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * A random (semi-)orthogonal matrix times a gain (Saxe, McClelland and Ganguli, arXiv:1312.6120):
 * the Q of a Gaussian matrix's QR decomposition, its columns signed by the diagonal of R so that Q
 * is uniformly distributed (Mezzadri, arXiv:math-ph/0609050).
 *
 * <p>A convolution is the matrix out x (in * kh * kw). If it has more columns than rows, its rows
 * are orthonormal, otherwise its columns. So a dense layer keeps the length of its inputs if it has
 * at least as many outputs. A convolution with more than one tap does not, here as in every
 * framework: taps of neighbouring positions overlap. Of a kernel of 16 x 16 x 3 x 3 the singular
 * values of the whole map reach from below 0.01 to about 2; only their root mean square is 1.
 * {@code deltaOrthogonal} and {@code convOrthogonal} make convolutions that keep lengths.
 *
 * @param gain factor on the orthogonal matrix, or auto for the gain of the activation after the
 *     layer, as for {@code he}
 */
@Word("orthogonal")
public record Orthogonal(@NullIs("auto") @Nullable Double gain) implements Initializer {
  /** Checks the gain. */
  public Orthogonal {
    Require.positive("gain", gain);
  }

  /** Gain 1. */
  @Defaults
  public static Orthogonal orthogonal() {
    return new Orthogonal(1.0);
  }

  /** With this gain. */
  public static Orthogonal orthogonal(double gain) {
    return new Orthogonal(gain);
  }

  /** The same with another gain. */
  public Orthogonal gain(double gain) {
    return new Orthogonal(gain);
  }

  /** The same with the gain of the activation after the layer. */
  public Orthogonal gainOfActivation() {
    return new Orthogonal(null);
  }

  @Override
  public double[] draw(WeightSpec weight, RandomStream random) {
    Shape shape = weight.shape();
    int rows = shape.dim(weight.outputAxis());
    double[] matrix = random(rows, shape.elements() / rows, random);
    double factor = weight.gainOr(gain);
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] *= factor;
    }
    return weight.outputAxis() == 0 ? matrix : outputsSecond(matrix, shape);
  }

  /** A random (semi-)orthogonal matrix, row-major. */
  static double[] random(int rows, int columns, RandomStream random) {
    double[] gaussian = new double[rows * columns];
    for (int i = 0; i < gaussian.length; i++) {
      gaussian[i] = random.gaussian();
    }
    return orthonormalize(gaussian, rows, columns);
  }

  /**
   * An orthonormal basis of the given matrix's rows or columns, whichever are fewer, by QR.
   *
   * @param values rows x columns, row-major
   */
  static double[] orthonormalize(double[] values, int rows, int columns) {
    boolean wide = rows < columns;
    int tall = Math.max(rows, columns);
    int thin = Math.min(rows, columns);
    DMatrixRMaj a = new DMatrixRMaj(tall, thin);
    for (int i = 0; i < tall; i++) {
      for (int j = 0; j < thin; j++) {
        a.set(i, j, wide ? values[j * columns + i] : values[i * columns + j]);
      }
    }
    QRDecompositionHouseholderColumn_DDRM qr = new QRDecompositionHouseholderColumn_DDRM();
    if (!qr.decompose(a)) {
      throw new ArithmeticException("QR of a Gaussian " + tall + " x " + thin + " matrix failed");
    }
    DMatrixRMaj q = qr.getQ(null, true);
    DMatrixRMaj r = qr.getR(null, true);
    double[] result = new double[values.length];
    for (int i = 0; i < tall; i++) {
      for (int j = 0; j < thin; j++) {
        double value = r.get(j, j) < 0 ? -q.get(i, j) : q.get(i, j);
        result[wide ? j * columns + i : i * columns + j] = value;
      }
    }
    return result;
  }

  /** From (out, in, taps) to (in, out, taps), the layout of a transposed convolution's weight. */
  private static double[] outputsSecond(double[] matrix, Shape shape) {
    int in = shape.dim(0);
    int out = shape.dim(1);
    int taps = shape.elements() / (in * out);
    double[] weight = new double[matrix.length];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        System.arraycopy(matrix, (o * in + i) * taps, weight, (i * out + o) * taps, taps);
      }
    }
    return weight;
  }
}
