package dev.sparring.latent;

import dev.sparring.network.Network;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The directions of the noise that move the outputs of a linear map A the most: its right singular
 * vectors, by falling singular value (SeFa; Shen and Zhou, "Closed-form factorization of latent
 * semantics in GANs", CVPR 2021, section 3.2: eigenvectors of A'A).
 *
 * <p>A vector has length 1. Its sign is free, and taken so that its largest element is positive;
 * where singular values are equal, so are the vectors within their space. There are as many vectors
 * as elements of noise; those of singular values near 0 change next to nothing.
 */
public final class Directions {
  /** How the rows of A, one for each output, are weighted. */
  public enum Rows {
    /**
     * As they are: the paper's formula, and StudioGAN's program (singular vectors of the first
     * linear map).
     */
    PLAIN,
    /**
     * Each divided by its length, so that every output counts alike: the program of Shen and Zhou
     * ({@code factorize_weight}). Rows of zeros stay.
     */
    UNIT
  }

  private final String about;
  private final double[][] vectors;
  private final double[] strengths;

  private Directions(String about, double[][] vectors, double[] strengths) {
    this.about = about;
    this.vectors = vectors;
    this.strengths = strengths;
  }

  /**
   * The directions of a generator's first linear map: of a dense layer or a convolution, with its
   * stride, its padding and the size of its input. Its weight is the one that the generator
   * computes with, normalized if a norm is set. Biases and what classes add do not depend on the
   * noise and count for nothing.
   *
   * @throws IllegalArgumentException if the generator has no linear map, or something else than
   *     reshape, flatten, concatLabels and pixelNorm comes before it
   */
  public static Directions of(Network generator, Rows rows) {
    FirstMap first = FirstMap.of(generator);
    return of(
        first.about() + (rows == Rows.UNIT ? ", its rows of length 1" : ""),
        first.values(),
        first.latent(),
        rows);
  }

  /**
   * The directions of a matrix.
   *
   * @param about which one, for {@link #about}
   * @param a (outputs, latent) in row-major order
   * @param latent the elements of the noise
   * @throws IllegalArgumentException if its rows are not whole or a number is not finite
   */
  public static Directions of(String about, double[] a, int latent, Rows rows) {
    if (latent < 1 || a.length == 0 || a.length % latent != 0) {
      throw new IllegalArgumentException(
          a.length + " numbers are no rows of a map of " + latent + " elements");
    }
    if (!Arrays.stream(a).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("the weight of the first linear map is not finite");
    }
    int outputs = a.length / latent;
    DMatrixRMaj map = DMatrixRMaj.wrap(outputs, latent, rows == Rows.UNIT ? unit(a, latent) : a);
    DMatrixRMaj square = new DMatrixRMaj(latent, latent);
    CommonOps_DDRM.multInner(map, square);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(latent, true, true);
    if (!eigen.decompose(square)) {
      throw new ArithmeticException("the eigenvalues of the first linear map did not converge");
    }
    int[] order =
        IntStream.range(0, latent)
            .boxed()
            .sorted((i, j) -> Double.compare(value(eigen, j), value(eigen, i)))
            .mapToInt(i -> i)
            .toArray();
    double[][] vectors = new double[latent][];
    double[] strengths = new double[latent];
    for (int i = 0; i < latent; i++) {
      vectors[i] = signed(Arrays.copyOf(eigen.getEigenVector(order[i]).getData(), latent));
      strengths[i] = Math.sqrt(Math.max(0, value(eigen, order[i])));
    }
    return new Directions(about, vectors, strengths);
  }

  private static double value(EigenDecomposition_F64<DMatrixRMaj> eigen, int i) {
    return eigen.getEigenvalue(i).getReal();
  }

  private static double[] unit(double[] a, int latent) {
    double[] unit = a.clone();
    for (int from = 0; from < a.length; from += latent) {
      double length = length(Arrays.copyOfRange(a, from, from + latent));
      for (int i = from; i < from + latent && length > 0; i++) {
        unit[i] /= length;
      }
    }
    return unit;
  }

  private static double[] signed(double[] vector) {
    double largest = 0;
    for (double x : vector) {
      largest = Math.abs(x) > Math.abs(largest) ? x : largest;
    }
    double factor = (largest < 0 ? -1 : 1) / length(vector);
    return Arrays.stream(vector).map(x -> x * factor).toArray();
  }

  private static double length(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }

  /** Which weight they are of, in one line. */
  public String about() {
    return about;
  }

  /** How many there are: as many as elements of noise. */
  public int count() {
    return strengths.length;
  }

  /** A vector of length 1, the strongest first; a fresh copy. */
  public double[] vector(int index) {
    return vectors[index].clone();
  }

  /** The singular value of a vector: the length of the outputs' change for a step of length 1. */
  public double strength(int index) {
    return strengths[index];
  }

  /**
   * Noise moved along a direction.
   *
   * @param z noise of one sample
   * @param distance how far, in units of the noise; negative for the other way
   */
  public float[] moved(float[] z, int index, double distance) {
    if (z.length != vectors.length) {
      throw new IllegalArgumentException(
          "directions of " + vectors.length + " elements cannot move noise of " + z.length);
    }
    float[] moved = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      moved[i] = (float) (z[i] + distance * vectors[index][i]);
    }
    return moved;
  }
}
