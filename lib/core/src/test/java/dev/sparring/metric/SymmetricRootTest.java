package dev.sparring.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

class SymmetricRootTest {
  /** Sizes on both sides of the blocks, of full rank and of less. */
  @Property(tries = 60)
  void theFactorGivesTheCovarianceBack(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 100) int d,
      @ForAll @IntRange(min = 2, max = 140) int n) {
    double[] a = GaussianMoments.of(Samples.correlated(seed, n, d)).covariance();
    PivotedCholesky root = new PivotedCholesky(a, d);
    double largest = Arrays.stream(a).map(Math::abs).max().getAsDouble();
    assertTrue(root.rank() <= d);
    int[] order = root.order();
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < d; i++) {
      assertEquals(i, sorted[i]);
      for (int j = 0; j < d; j++) {
        double sum = 0;
        for (int c = 0; c < root.rank(); c++) {
          sum += root.get(i, c) * root.get(j, c);
        }
        assertEquals(a[order[i] * d + order[j]], sum, 1e-13 * largest);
      }
    }
  }

  /** What samples do not span has no column, or some of the size of rounding. */
  @Test
  void aSingularCovarianceHasItsRank() {
    double[] a = new double[9];
    assertEquals(0, new PivotedCholesky(a, 3).rank());
    a[4] = 2;
    PivotedCholesky one = new PivotedCholesky(a, 3);
    assertEquals(1, one.rank());
    assertEquals(1, one.order()[0]);
    assertEquals(Math.sqrt(2), one.get(0, 0));
    // Two equal features.
    double[] twice = {3, 3, 1, 3, 3, 1, 1, 1, 5};
    assertEquals(2, new PivotedCholesky(twice, 3).rank());
  }

  @Test
  void theCovarianceItselfStaysAsItIs() {
    double[] a = GaussianMoments.of(Samples.correlated(1, 50, 40)).covariance();
    double[] b = GaussianMoments.of(Samples.correlated(2, 50, 40)).covariance();
    double[] beforeA = a.clone();
    double[] beforeB = b.clone();
    SymmetricRoot.traceOfRootOfProduct(a, b, 40);
    assertArrayEquals(beforeA, a);
    assertArrayEquals(beforeB, b);
  }

  /** More than a block of rows; by the roots of both, as the definition has it. */
  @Test
  void theTraceIsThatOfTheRootOfRootTimesCovarianceTimesRoot() {
    int d = 270;
    double[] a = GaussianMoments.of(Samples.normal(3, 900, d, 1, 2)).covariance();
    for (int i = 0; i < d; i++) {
      a[i * d + i] *= 1 + i;
    }
    double[] b = GaussianMoments.of(Samples.normal(4, 800, d)).covariance();
    double expected = byRoots(a, b, d);
    assertEquals(expected, SymmetricRoot.traceOfRootOfProduct(a, b, d), 1e-12 * expected);
    assertEquals(expected, SymmetricRoot.traceOfRootOfProduct(b, a, d), 1e-12 * expected);
    double[] few = GaussianMoments.of(Samples.normal(5, 100, d)).covariance();
    double singular = byRoots(a, few, d);
    assertEquals(singular, SymmetricRoot.traceOfRootOfProduct(a, few, d), 1e-7 * singular);
    assertEquals(singular, SymmetricRoot.traceOfRootOfProduct(few, a, d), 1e-7 * singular);
  }

  private static double byRoots(double[] a, double[] b, int d) {
    DMatrixRMaj root = root(DMatrixRMaj.wrap(d, d, a.clone()));
    DMatrixRMaj half = new DMatrixRMaj(d, d);
    CommonOps_DDRM.mult(root, DMatrixRMaj.wrap(d, d, b), half);
    DMatrixRMaj product = new DMatrixRMaj(d, d);
    CommonOps_DDRM.mult(half, root, product);
    return CommonOps_DDRM.trace(root(product));
  }

  private static DMatrixRMaj root(DMatrixRMaj a) {
    int d = a.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    assertTrue(eigen.decompose(a.copy()));
    DMatrixRMaj root = new DMatrixRMaj(d, d);
    for (int k = 0; k < d; k++) {
      double value = Math.sqrt(Math.max(0, eigen.getEigenvalue(k).getReal()));
      DMatrixRMaj vector = eigen.getEigenVector(k);
      CommonOps_DDRM.multAddTransB(value, vector, vector, root);
    }
    return root;
  }
}
