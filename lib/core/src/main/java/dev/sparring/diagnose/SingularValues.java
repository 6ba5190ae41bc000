package dev.sparring.diagnose;

import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Largest singular values, exact up to rounding. */
final class SingularValues {
  private SingularValues() {}

  /** The largest singular value of a matrix. */
  static double largest(Tensor matrix) {
    int rows = matrix.shape().dim(0);
    int columns = matrix.shape().dim(1);
    Tensor turned = matrix.permute(1, 0);
    // The Gram matrix of the shorter side has the same largest eigenvalue and fewer of them.
    Tensor gram = rows <= columns ? matrix.matmul(turned) : turned.matmul(matrix);
    return Math.sqrt(Math.max(0, largestEigenvalue(gram.toDoubles(), Math.min(rows, columns))));
  }

  /**
   * The largest eigenvalue of a symmetric matrix that has nothing farther than beside its diagonal.
   *
   * @param diagonal its first n numbers are used
   * @param beside the n - 1 numbers on each side of it
   */
  static double ofTridiagonal(double[] diagonal, double[] beside, int n) {
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      matrix[i * n + i] = diagonal[i];
      if (i + 1 < n) {
        matrix[i * n + i + 1] = beside[i];
        matrix[(i + 1) * n + i] = beside[i];
      }
    }
    return largestEigenvalue(matrix, n);
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
