package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.eval.EngineProducts;
import dev.sparring.metric.Features;
import dev.sparring.metric.KernelDistance;
import dev.sparring.metric.NeighborMetrics;
import dev.sparring.metric.Products;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metrics whose products of features an engine computes: what they are without one. */
public interface MetricsConformance extends EngineUnderTest {
  /** Products within the bound that {@link Products#roundoff} stands for. */
  @Test
  default void productsAreWithinTheirBound() {
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine engine = open(precision)) {
        Products products = EngineProducts.of(engine);
        assertInstanceOf(EngineProducts.class, products);
        assertEquals(
            precision == Precision.FLOAT64 ? Products.DOUBLE : Products.SINGLE,
            products.roundoff());
        for (int columns : new int[] {1, 3, 64, 777}) {
          List<double[]> rights =
              List.of(
                  values(2, 33 * columns, 1), values(3, columns, 1e-3), values(4, 5 * columns, 1));
          double[] left = values(1, 17 * columns, 1);
          List<Integer> seen = new ArrayList<>();
          products.multiply(
              left,
              columns,
              rights.size(),
              rights::get,
              (block, found) -> {
                seen.add(block);
                requireProducts(left, rights.get(block), columns, found, products.roundoff());
              });
          assertEquals(List.of(0, 1, 2), seen);
        }
      }
    }
  }

  private static void requireProducts(
      double[] left, double[] right, int columns, double[] found, double roundoff) {
    int width = right.length / columns;
    assertEquals(left.length / columns * width, found.length);
    for (int i = 0; i < found.length; i++) {
      double product = 0;
      double squareLeft = 0;
      double squareRight = 0;
      for (int c = 0; c < columns; c++) {
        double x = left[i / width * columns + c];
        double y = right[i % width * columns + c];
        product += x * y;
        squareLeft += x * x;
        squareRight += y * y;
      }
      // Twice, for the rounding of what is expected.
      double bound = 2 * (columns + 2) * roundoff * Math.sqrt(squareLeft * squareRight);
      assertTrue(Math.abs(found[i] - product) <= bound, found[i] + " is not " + product);
    }
  }

  /**
   * Precision, recall, density and coverage bit for bit, where rounding decides and where not:
   * random samples, ties and duplicates, clusters far from zero and from each other, samples that
   * are all one, as many neighbours as there are.
   */
  @Test
  default void neighborMetricsAreTheSameBits() {
    List<Features> sets =
        List.of(
            Features.of(values(1, 60 * 9, 1), 9),
            Features.of(values(2, 70 * 9, 1), 9),
            Features.of(lattice(values(3, 80 * 9, 1)), 9),
            Features.of(clusters(values(4, 90 * 9, 1e-3)), 9),
            Features.of(clusters(values(5, 66 * 9, 1e-6)), 9),
            Features.of(new double[40 * 9], 9));
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine engine = open(precision)) {
        Products products = EngineProducts.of(engine);
        for (Features real : sets) {
          for (Features fake : sets) {
            assertEquals(
                NeighborMetrics.between(real, fake), NeighborMetrics.between(real, fake, products));
          }
        }
        Features few = sets.get(0);
        assertEquals(
            NeighborMetrics.between(few, few, 59, 59),
            NeighborMetrics.between(few, few, 59, 59, products));
      }
    }
  }

  /** The kernel distance to rounding, in double precision and in no other. */
  @Test
  default void theKernelDistanceIsTheSameInDoublePrecision() {
    Features real = Features.of(values(1, 90 * 20, 1), 20);
    Features fake = Features.of(values(2, 80 * 20, 1.2), 20);
    try (Engine engine = open(Precision.FLOAT64)) {
      for (int subsets : new int[] {2, 40}) {
        KernelDistance.Protocol protocol =
            new KernelDistance.Protocol(subsets, 50, new Seed(subsets));
        KernelDistance expected = KernelDistance.between(real, fake, protocol);
        KernelDistance found =
            KernelDistance.between(real, fake, protocol, EngineProducts.of(engine));
        assertEquals(expected.mean(), found.mean(), 1e-13);
        assertEquals(expected.deviation().getAsDouble(), found.deviation().getAsDouble(), 1e-13);
        assertEquals(expected.conditions(), found.conditions());
      }
    }
    try (Engine engine = open(Precision.FLOAT32)) {
      Products single = EngineProducts.of(engine);
      KernelDistance.Protocol protocol = new KernelDistance.Protocol(2, 50, new Seed(1));
      assertThrows(
          IllegalArgumentException.class,
          () -> KernelDistance.between(real, fake, protocol, single));
    }
  }

  /** An engine that drops digits on its way, as TF32 and bf16 do, is found out and not used. */
  @Test
  default void productsOfFewerDigitsAreNotUsed() {
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine engine = open(precision)) {
        Products products = EngineProducts.of(rounding(engine));
        assertTrue(!(products instanceof EngineProducts), "used: " + products);
        assertEquals(Products.DOUBLE, products.roundoff());
      }
    }
  }

  /** The engine, but uploads keep 11 binary digits. */
  private static Engine rounding(Engine engine) {
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("upload") && arguments[0] instanceof double[] given) {
                double[] values = given.clone();
                for (int i = 0; i < values.length; i++) {
                  double unit = Math.scalb(Math.ulp(values[i]), 42);
                  values[i] = Math.rint(values[i] / unit) * unit;
                }
                return engine.upload(values, (Shape) arguments[1]);
              }
              try {
                return method.invoke(engine, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static double[] values(long seed, int count, double scale) {
    RandomStream random = new Seed(seed).stream("metrics");
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = scale * random.gaussian();
    }
    return values;
  }

  private static double[] lattice(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.rint(values[i]);
    }
    return values;
  }

  private static double[] clusters(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] += 1e4 + 100 * (i / 9 % 3);
    }
    return values;
  }
}
