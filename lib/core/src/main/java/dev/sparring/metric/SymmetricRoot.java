package dev.sparring.metric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Square roots of products of covariances. */
final class SymmetricRoot {
  /** Rows that are multiplied at a time. */
  private static final int BLOCK = 256;

  private SymmetricRoot() {}

  /**
   * Tr sqrt(sqrt(A) B sqrt(A)), which is Tr sqrt(A B), for covariances A and B.
   *
   * <p>With A = L L^T the matrix under the outer root has the eigenvalues of L^T B L, except for
   * some that are 0, so the roots of these have the same sum. Negative eigenvalues from rounding
   * count as 0.
   *
   * @param a (d, d), row-major, symmetric
   * @param b the same
   */
  static double traceOfRootOfProduct(double[] a, double[] b, int d) {
    PivotedCholesky root = new PivotedCholesky(a, d);
    int rank = root.rank();
    if (rank == 0) {
      return 0;
    }
    double[] transposed = new double[rank * d];
    for (int i = 0; i < rank; i++) {
      for (int c = i; c < d; c++) {
        transposed[i * d + c] = root.get(c, i);
      }
    }
    double[] ordered = new double[d * d];
    int[] order = root.order();
    for (int i = 0; i < d; i++) {
      for (int c = 0; c < d; c++) {
        ordered[i * d + c] = b[order[i] * d + order[c]];
      }
    }
    double[] half = new double[rank * d];
    double[] product = new double[rank * rank];
    for (int from = 0; from < rank; from += BLOCK) {
      // The numbers of these rows of L^T begin on the diagonal.
      int to = Math.min(rank, from + BLOCK);
      double[] found =
          products(part(transposed, from, to, d, from), part(ordered, 0, d, d, from), d - from);
      System.arraycopy(found, 0, half, from * d, found.length);
    }
    for (int from = 0; from < rank; from += BLOCK) {
      int to = Math.min(rank, from + BLOCK);
      double[] found =
          products(part(half, 0, to, d, from), part(transposed, from, to, d, from), d - from);
      for (int i = 0; i < to; i++) {
        System.arraycopy(found, i * (to - from), product, i * rank + from, to - from);
      }
    }
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j < i; j++) {
        product[i * rank + j] = product[j * rank + i];
      }
    }
    return sumOfRoots(product, rank);
  }

  /** The scalar products of rows with rows. */
  private static double[] products(double[] left, double[] right, int columns) {
    double[][] found = new double[1][];
    Products.plain()
        .multiply(left, columns, 1, block -> right, (block, products) -> found[block] = products);
    return found[0];
  }

  /** Some rows without the columns before one. */
  private static double[] part(double[] x, int from, int to, int d, int column) {
    int columns = d - column;
    double[] part = new double[(to - from) * columns];
    for (int i = from; i < to; i++) {
      System.arraycopy(x, i * d + column, part, (i - from) * columns, columns);
    }
    return part;
  }

  /** The sum of the roots of the eigenvalues of a symmetric matrix, whose array is changed. */
  private static double sumOfRoots(double[] a, int d) {
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, false, true);
    if (!eigen.decompose(DMatrixRMaj.wrap(d, d, a))) {
      throw new ArithmeticException(
          "frechet distance: the eigenvalues of a "
              + d
              + " x "
              + d
              + " covariance did not converge");
    }
    double trace = 0;
    for (int i = 0; i < d; i++) {
      trace += Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
    }
    return trace;
  }
}
