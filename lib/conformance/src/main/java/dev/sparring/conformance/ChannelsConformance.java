package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Convolutions of few and of odd numbers of channels in single precision against double precision.
 * Libraries have code of its own for each kind of both, and test some of it only.
 */
public interface ChannelsConformance extends EngineUnderTest {
  /** The largest difference from double precision, of the largest element. */
  double TOLERANCE = 1e-4;

  /** Images, and gradients by images and kernels. */
  @ParameterizedTest(name = "{0} to {1} channels in {2} groups")
  @CsvSource({
    "1, 1, 1", "1, 2, 1", "1, 3, 1", "1, 5, 1", "1, 8, 1", "1, 12, 1", "1, 16, 1", "1, 24, 1",
    "2, 3, 1", "3, 5, 1", "3, 12, 1", "3, 16, 1", "3, 1, 1", "5, 1, 1", "12, 1, 1", "16, 1, 1",
    "24, 1, 1", "12, 3, 1", "20, 2, 1", "17, 17, 1", "3, 3, 3", "3, 6, 3", "6, 3, 3", "16, 16, 16",
    "2, 24, 2", "24, 2, 2", "2, 32, 2", "6, 10, 2", "32, 2, 2"
  })
  default void channelsAreComputedAsInDoublePrecision(int in, int out, int groups) {
    for (int kernel : new int[] {1, 3, 4}) {
      for (int stride = 1; stride <= Math.min(2, kernel); stride++) {
        for (boolean transposed : new boolean[] {false, true}) {
          Case one = new Case(in, out, groups, kernel, stride, transposed);
          double[][] single = one.play(this, Precision.FLOAT32);
          double[][] wanted = one.play(this, Precision.FLOAT64);
          for (int i = 0; i < wanted.length; i++) {
            double far = distance(single[i], wanted[i]);
            assertTrue(far < TOLERANCE, one + ", result " + i + " is off by " + far);
          }
        }
      }
    }
  }

  private static double distance(double[] found, double[] wanted) {
    double largest = 0;
    double far = 0;
    for (int i = 0; i < wanted.length; i++) {
      largest = Math.max(largest, Math.abs(wanted[i]));
      double off = Math.abs(found[i] - wanted[i]);
      far = Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(far, off);
    }
    return far / largest;
  }

  /** A convolution. */
  record Case(int in, int out, int groups, int kernel, int stride, boolean transposed) {
    private static final int SIZE = 6;
    private static final int SAMPLES = 5;

    private double[][] play(EngineUnderTest test, Precision precision) {
      double[][] results = new double[3][];
      Shape images = Shape.of(SAMPLES, in, SIZE, SIZE);
      Shape kernels =
          transposed
              ? Shape.of(in, out / groups, kernel, kernel)
              : Shape.of(out, in / groups, kernel, kernel);
      Starts.with(
          test,
          precision,
          engine -> {
            Tensor x = some(engine, images, 1).variable();
            Tensor weight = some(engine, kernels, 2).variable();
            Tensor y = map(x, weight, (kernel - 1) / 2);
            List<Tensor> by = engine.gradients(y.square().sum(), List.of(x, weight), false);
            results[0] = y.toDoubles();
            results[1] = by.get(0).toDoubles();
            results[2] = by.get(1).toDoubles();
          });
      return results;
    }

    private Tensor map(Tensor x, Tensor weight, int padding) {
      return transposed
          ? x.convTranspose2d(weight, stride, padding, stride - 1, groups)
          : x.conv2d(weight, null, stride, padding, groups);
    }

    /** Numbers that single precision has exactly. */
    private static Tensor some(Engine engine, Shape shape, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] values = new float[Math.toIntExact(shape.elements())];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(-64, 65) / 64f;
      }
      return engine.upload(values, shape);
    }
  }
}
