package dev.sparring.metric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Square roots of covariances by symmetric eigendecompositions. */
final class SymmetricRoot {
  private SymmetricRoot() {}

  /**
   * Tr sqrt(sqrt(A) B sqrt(A)), which is Tr sqrt(A B), for covariances A and B.
   *
   * <p>With A = V L V^T the matrix under the outer root is similar to W B W^T with W = sqrt(L) V^T,
   * so the roots of its eigenvalues have the same sum, and rows of W that are 0 can be left out.
   * Negative eigenvalues from rounding count as 0.
   *
   * @param a (d, d), row-major, symmetric
   * @param b the same
   */
  static double traceOfRootOfProduct(double[] a, double[] b, int d) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(a.clone(), d, true);
    DMatrixRMaj w = new DMatrixRMaj(d, d);
    int rank = 0;
    for (int i = 0; i < d; i++) {
      double value = eigen.getEigenvalue(i).getReal();
      if (value > 0) {
        double[] vector = eigen.getEigenVector(i).data;
        double root = Math.sqrt(value);
        for (int c = 0; c < d; c++) {
          w.data[rank * d + c] = root * vector[c];
        }
        rank++;
      }
    }
    if (rank == 0) {
      return 0;
    }
    w.reshape(rank, d);
    DMatrixRMaj wb = new DMatrixRMaj(rank, d);
    CommonOps_DDRM.mult(w, DMatrixRMaj.wrap(d, d, b), wb);
    DMatrixRMaj product = new DMatrixRMaj(rank, rank);
    CommonOps_DDRM.multTransB(wb, w, product);
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j < i; j++) {
        double middle = (product.get(i, j) + product.get(j, i)) / 2;
        product.set(i, j, middle);
        product.set(j, i, middle);
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> inner = decompose(product.data, rank, false);
    double trace = 0;
    for (int i = 0; i < rank; i++) {
      trace += Math.sqrt(Math.max(0, inner.getEigenvalue(i).getReal()));
    }
    return trace;
  }

  /** Decomposes a symmetric matrix, whose array may be changed. */
  private static EigenDecomposition_F64<DMatrixRMaj> decompose(double[] a, int d, boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, vectors, true);
    if (!eigen.decompose(DMatrixRMaj.wrap(d, d, a))) {
      throw new ArithmeticException(
          "frechet distance: the eigenvalues of a "
              + d
              + " x "
              + d
              + " covariance did not converge");
    }
    return eigen;
  }
}
