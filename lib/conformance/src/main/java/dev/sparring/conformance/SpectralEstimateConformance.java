package dev.sparring.conformance;

import static dev.sparring.conformance.SpectralCases.normalize;
import static dev.sparring.conformance.SpectralCases.normalized;
import static dev.sparring.conformance.SpectralCases.sigma;
import static dev.sparring.conformance.SpectralCases.vectors;
import static dev.sparring.conformance.SpectralCases.withPower;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.norm.Bssn;
import dev.sparring.norm.Power;
import dev.sparring.norm.Sn;
import dev.sparring.norm.Spectral;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;

/** How near the estimate of power iteration is to the largest singular value. */
public interface SpectralEstimateConformance extends EngineUnderTest {
  /** Many iterations converge to the singular value decomposition, in both directions. */
  @Test
  default void theEstimateConverges() {
    Starts.withDoubles(
        this,
        engine -> {
          for (int axis : new int[] {0, 1}) {
            Values w = Values.random(21, 6, 4, 3, 3);
            Tensor weight = w.on(engine);
            Map<String, Tensor> vectors = vectors(engine, Sn.sn(), w.shape(), axis);
            iterate(engine, Sn.sn(), weight, axis, vectors, 500);
            Tensor normal = normalize(engine, Sn.sn(), weight, axis, vectors, false);
            Close.numbers(norm(w, axis), sigma(w, normal), 1e-10, "axis " + axis);
          }
          Values w = Values.random(21, 6, 4, 3, 3);
          Tensor weight = w.on(engine);
          Map<String, Tensor> vectors = vectors(engine, Bssn.bssn(1.4), w.shape(), 0);
          iterate(engine, Bssn.bssn(1.4), weight, 0, vectors, 500);
          Tensor normal = normalize(engine, Bssn.bssn(1.4), weight, 0, vectors, false);
          double mean = (norm(w, 0) + norm(w, 1)) / 2;
          assertTrue(Math.abs(norm(w, 0) - norm(w, 1)) > 0.1, "too easy");
          Close.numbers(mean / 1.4, sigma(w, normal), 1e-10, "both directions");
        });
  }

  /** An estimate from unit vectors is never above the norm. */
  @Test
  default void theEstimateIsALowerBound() {
    Starts.withDoubles(
        this,
        engine -> {
          for (int seed = 0; seed < 20; seed++) {
            Values w = Values.random(seed, 5, 9);
            double estimate = sigma(w, normalized(engine, Sn.sn(), w));
            assertTrue(
                estimate > 0 && estimate <= norm(w, 0) * (1 + 1e-12),
                estimate + " against " + norm(w, 0));
          }
        });
  }

  /**
   * A Gaussian m x n matrix has norm sqrt(m) + sqrt(n) times its deviation (to a few percent at
   * this size), so that its entries after exact normalization have variance (sqrt(m) + sqrt(n))^-2,
   * whatever variance they had.
   */
  @Test
  default void varianceBehindNormalization() {
    Starts.withDoubles(
        this,
        engine -> {
          for (int[] size : new int[][] {{64, 64}, {32, 288}, {288, 32}, {128, 576}}) {
            RandomStream random = new Seed(5).stream("weight", size[0], size[1]);
            double[] w = new double[size[0] * size[1]];
            for (int i = 0; i < w.length; i++) {
              w[i] = 0.02 * random.gaussian();
            }
            Shape shape = Shape.of(size);
            Tensor weight = engine.upload(w, shape);
            Map<String, Tensor> vectors = vectors(engine, Sn.sn(), shape, 0);
            iterate(engine, Sn.sn(), weight, 0, vectors, 300);
            Tensor normal = normalize(engine, Sn.sn(), weight, 0, vectors, false);
            double variance = normal.square().mean().item();
            double expected = Math.pow(Math.sqrt(size[0]) + Math.sqrt(size[1]), -2);
            assertEquals(1, variance / expected, 0.06, shape.toString());
          }
        });
  }

  /** Power iterations on a constant weight. */
  private static void iterate(
      Engine engine,
      Spectral kind,
      Tensor weight,
      int axis,
      Map<String, Tensor> vectors,
      int iterations) {
    withPower(kind, Power.power().warmup(iterations))
        .begin(weight, NormUnderTest.of(kind, engine, weight.shape(), axis).states(vectors));
  }

  /** The largest singular value of the matrix whose rows that axis counts. */
  private static double norm(Values w, int axis) {
    int rows = w.shape().dim(axis);
    int first = w.shape().dim(0);
    int second = w.shape().dim(1);
    int taps = w.shape().elements() / (first * second);
    DMatrixRMaj matrix = new DMatrixRMaj(rows, w.shape().elements() / rows);
    for (int i = 0; i < first; i++) {
      for (int j = 0; j < second; j++) {
        for (int t = 0; t < taps; t++) {
          double value = w.at((i * second + j) * taps + t);
          matrix.set(axis == 0 ? i : j, (axis == 0 ? j : i) * taps + t, value);
        }
      }
    }
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(matrix.numRows, matrix.numCols, false, false, true);
    if (!svd.decompose(matrix)) {
      throw new AssertionError("no decomposition");
    }
    double[] values = svd.getSingularValues();
    SingularOps_DDRM.descendingOrder(
        null, false, values, svd.numberOfSingularValues(), null, false);
    return values[0];
  }
}
