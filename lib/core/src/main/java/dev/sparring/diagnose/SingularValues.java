package dev.sparring.diagnose;

import dev.sparring.norm.Spectral;
import dev.sparring.norm.WeightNorm;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Largest singular values of weights, exact up to rounding. */
final class SingularValues {
  private SingularValues() {}

  /**
   * The value that a normalization estimates: of the matrix outputs x rest, and for one of both
   * directions the mean of that and of inputs x rest. A weight without a normalization has the
   * first.
   *
   * @param outputAxis the dimension that counts outputs, 0 or 1
   */
  static double sigma(Tensor weight, int outputAxis, WeightNorm norm) {
    double out = largest(weight, outputAxis);
    boolean both =
        norm instanceof Spectral kind && kind.bidirectional() && weight.shape().rank() > 2;
    return both ? (out + largest(weight, 1 - outputAxis)) / 2 : out;
  }

  /**
   * The largest singular value of a weight as a matrix.
   *
   * @param axis the dimension that counts the matrix's rows, 0 or 1
   */
  static double largest(Tensor weight, int axis) {
    Tensor matrix = matrix(weight, axis);
    int rows = matrix.shape().dim(0);
    int columns = matrix.shape().dim(1);
    Tensor turned = matrix.permute(1, 0);
    // The Gram matrix of the shorter side has the same largest eigenvalue and fewer of them.
    Tensor gram = rows <= columns ? matrix.matmul(turned) : turned.matmul(matrix);
    return Math.sqrt(Math.max(0, largestEigenvalue(gram.toDoubles(), Math.min(rows, columns))));
  }

  private static Tensor matrix(Tensor weight, int axis) {
    Shape shape = weight.shape();
    Tensor rowsFirst = weight;
    if (axis == 1) {
      rowsFirst = shape.rank() == 2 ? weight.permute(1, 0) : weight.permute(1, 0, 2, 3);
    }
    int rows = shape.dim(axis);
    return rowsFirst.reshape(Shape.of(rows, shape.elements() / rows));
  }

  private static double largestEigenvalue(double[] symmetric, int n) {
    if (!Arrays.stream(symmetric).allMatch(Double::isFinite)) {
      return Double.NaN;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double middle = (symmetric[i * n + j] + symmetric[j * n + i]) / 2;
        symmetric[i * n + j] = middle;
        symmetric[j * n + i] = middle;
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
    if (!eigen.decompose(DMatrixRMaj.wrap(n, n, symmetric))) {
      return Double.NaN;
    }
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
    }
    return largest;
  }
}
