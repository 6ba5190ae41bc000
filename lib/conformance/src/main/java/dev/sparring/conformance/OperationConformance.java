package dev.sparring.conformance;

import static dev.sparring.conformance.ByHand.exactly;
import static dev.sparring.conformance.ByHand.gradient;
import static dev.sparring.conformance.ByHand.withEngine;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Small results that can be computed by hand, with numbers that reveal every mix-up. */
public interface OperationConformance extends EngineUnderTest {
  /** Weights 1, 10, 100, 1000 over pixels 1..9: each digit of the answer is one pixel. */
  @Test
  default void convolutionDoesNotFlipItsKernel() {
    withEngine(
        this,
        e -> {
          Tensor x = e.upload(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, Shape.of(1, 1, 3, 3));
          Tensor w = e.upload(new double[] {1, 10, 100, 1000}, Shape.of(1, 1, 2, 2));
          exactly(x.conv2d(w, null, 1, 0), Shape.of(1, 1, 2, 2), 5421, 6532, 8754, 9865);
        });
  }

  /** One pixel spread out is the kernel itself, unflipped, and the extra row and column are 0. */
  @Test
  default void transposedConvolutionSpreadsTheKernel() {
    withEngine(
        this,
        e -> {
          Tensor x = e.upload(new double[] {1, 100}, Shape.of(1, 1, 1, 2));
          Tensor w = e.upload(new double[] {1, 2, 3, 4}, Shape.of(1, 1, 2, 2));
          exactly(
              x.convTranspose2d(w, null, 2, 0, 1),
              Shape.of(1, 1, 3, 5),
              new double[] {1, 2, 100, 200, 0, 3, 4, 300, 400, 0, 0, 0, 0, 0, 0});
        });
  }

  /** Digits of the answer are input channels: weights are (out, in), of both kinds of kernel. */
  @Test
  default void kernelsMixChannelsInTheirOrder() {
    withEngine(
        this,
        e -> {
          Tensor x = e.upload(new double[] {1, 2}, Shape.of(1, 2, 1, 1));
          Tensor w = e.upload(new double[] {1, 10, 100, 1000, 3, 30}, Shape.of(3, 2, 1, 1));
          exactly(x.conv2d(w, null, 1, 0), Shape.of(1, 3, 1, 1), 21, 2100, 63);
          Tensor t = e.upload(new double[] {1, 10, 100, 5, 50, 500}, Shape.of(2, 3, 1, 1));
          exactly(x.convTranspose2d(t, null, 1, 0, 0), Shape.of(1, 3, 1, 1), 11, 110, 1100);
        });
  }

  /** Shapes are aligned at their last dimension. */
  @Test
  default void broadcastingStretchesOnesFromTheLastDimension() {
    withEngine(
        this,
        e -> {
          Tensor column = e.upload(new double[] {10, 20}, Shape.of(2, 1));
          Tensor row = e.upload(new double[] {1, 2, 3}, Shape.of(3));
          exactly(column.plus(row), Shape.of(2, 3), 11, 12, 13, 21, 22, 23);
          exactly(row.minus(column), Shape.of(2, 3), -9, -8, -7, -19, -18, -17);
          exactly(column.times(row), Shape.of(2, 3), 10, 20, 30, 20, 40, 60);
          exactly(column.div(e.full(4, Shape.SCALAR)), Shape.of(2, 1), 2.5, 5);
        });
  }

  /** Order of elements after sums, slices, concatenations and permutations of images. */
  @Test
  default void imagesKeepTheirRowMajorOrder() {
    double[] values = new double[24];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Values images = Values.of(Shape.of(2, 3, 2, 2), values);
    withEngine(
        this,
        e -> {
          for (Layout layout : Layout.values()) {
            Tensor x = layout.of(e, images);
            Close.exactly(images, x, layout + " download");
            exactly(x.slice(1, 1, 1), Shape.of(2, 1, 2, 2), 4, 5, 6, 7, 16, 17, 18, 19);
            exactly(x.slice(3, 1, 1).slice(0, 0, 1), Shape.of(1, 3, 2, 1), 1, 3, 5, 7, 9, 11);
            exactly(x.sum(0, 2, 3), Shape.of(1, 3, 1, 1), 60, 92, 124);
            exactly(x.sum(1, -1), Shape.of(2, 1, 2, 1), 27, 39, 99, 111);
            exactly(x.sum(), Shape.SCALAR, 276);
            exactly(x.mean(), Shape.SCALAR, 11.5);
            exactly(x.reshape(Shape.of(24)), Shape.of(24), values);
            exactly(
                x.permute(0, 2, 3, 1).slice(0, 1, 1),
                Shape.of(1, 2, 2, 3),
                new double[] {12, 16, 20, 13, 17, 21, 14, 18, 22, 15, 19, 23});
            exactly(
                x.slice(0, 0, 1).slice(2, 0, 1).concat(List.of(e.full(9, Shape.of(1, 1, 1, 2))), 1),
                Shape.of(1, 4, 1, 2),
                new double[] {0, 1, 4, 5, 8, 9, 9, 9});
          }
        });
  }

  /** x W^T + b, and the plain product. */
  @Test
  default void linearTransposesItsWeightAndMatmulDoesNot() {
    withEngine(
        this,
        e -> {
          Tensor x = e.upload(new double[] {1, 2, 3, 4}, Shape.of(2, 2));
          Tensor w = e.upload(new double[] {1, 10, 100, 1000}, Shape.of(2, 2));
          Tensor b = e.upload(new double[] {0.5, -0.5}, Shape.of(2));
          exactly(x.linear(w, b), Shape.of(2, 2), 21.5, 2099.5, 43.5, 4299.5);
          exactly(x.matmul(w), Shape.of(2, 2), 201, 2010, 403, 4030);
        });
  }

  /** Digits of the answers are elements of the left matrices: each by its own right one. */
  @Test
  default void matmulTakesMatricesInPairs() {
    withEngine(
        this,
        e -> {
          Tensor a = e.upload(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3}, Shape.of(2, 2, 3));
          Tensor b = e.upload(new double[] {1, 10, 100, 1000, 100, 10}, Shape.of(2, 3, 1));
          exactly(a.matmul(b), Shape.of(2, 2, 1), 321, 654, 7890, 1230);
          Tensor row = e.upload(new double[] {1, 10, 2, 20}, Shape.of(2, 1, 2));
          Tensor wide = e.upload(new double[] {3, 4, 5, 6}, Shape.of(2, 1, 2)).permute(0, 2, 1);
          exactly(wide.matmul(row), Shape.of(2, 2, 2), 3, 30, 4, 40, 10, 100, 12, 120);
          exactly(row.matmul(wide), Shape.of(2, 1, 1), 43, 130);
        });
  }

  /** Windows that do not fit are left out; nearest neighbours repeat pixels. */
  @Test
  default void poolingLeavesARemainderOut() {
    withEngine(
        this,
        e -> {
          double[] pixels = {1, 5, 9, 2, 4, 9, 9, 9, 9};
          Tensor x = e.upload(pixels, Shape.of(1, 1, 3, 3));
          exactly(x.maxPool2d(2, 2), Shape.of(1, 1, 1, 1), 5);
          exactly(x.avgPool2d(2, 2), Shape.of(1, 1, 1, 1), 3);
          exactly(x.avgPool2d(2, 1), Shape.of(1, 1, 2, 2), 3, 6.75, 6, 7.75);
          Tensor row = e.upload(new double[] {1, 2}, Shape.of(1, 1, 1, 2));
          exactly(row.upsampleNearest2d(2), Shape.of(1, 1, 2, 4), 1, 1, 2, 2, 1, 1, 2, 2);
        });
  }

  /** Whatever the factor: 41 times a rounded 1/41 is less than 1. */
  @Test
  default void upsamplingRepeatsEachPixelExactlySoOften() {
    withEngine(
        this,
        e -> {
          for (int factor : new int[] {1, 3, 5, 7, 11, 41, 47, 55, 61}) {
            double[] repeated = new double[9 * factor];
            for (int i = 0; i < repeated.length; i++) {
              repeated[i] = i / factor + 1;
            }
            double[] rows = new double[repeated.length * factor];
            for (int row = 0; row < factor; row++) {
              System.arraycopy(repeated, 0, rows, row * repeated.length, repeated.length);
            }
            Tensor x =
                e.upload(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, Shape.of(1, 1, 1, 9)).variable();
            Tensor y = x.upsampleNearest2d(factor);
            exactly(y, Shape.of(1, 1, factor, 9 * factor), rows);
            double[] share = new double[9];
            Arrays.fill(share, factor * factor);
            exactly(gradient(e, y, x), x.shape(), share);
          }
        });
  }

  /** In evaluation, the running statistics are used and stay unchanged. */
  @Test
  default void batchNormInUseTakesTheRunningStatistics() {
    withEngine(
        this,
        e -> {
          Tensor x = e.upload(new double[] {1, 2, 3, 4}, Shape.of(2, 2));
          Tensor mean = e.upload(new double[] {1, 0}, Shape.of(2));
          Tensor variance = e.upload(new double[] {3, 8}, Shape.of(2));
          Tensor y = x.batchNorm(null, null, mean, variance, false, 0.5, 1);
          Close.to(
              Values.of(Shape.of(2, 2), 0, 2.0 / 3, 1, 4.0 / 3),
              y,
              EngineUnderTest.tolerance(e.precision()),
              "normalised");
          exactly(mean, Shape.of(2), 1, 0);
          exactly(variance, Shape.of(2), 3, 8);
        });
  }

  /** All dimensions but the second are summed over, however many there are. */
  @Test
  default void batchNormTakesAnyRank() {
    Values x = Values.random(5, 3, 2, 4);
    withEngine(
        this,
        e -> {
          Tensor asRows = x.on(e).permute(0, 2, 1).reshape(Shape.of(12, 2));
          Tensor expected =
              asRows
                  .batchNorm(null, null, zeros(e), zeros(e), true, 0.1, 1e-3)
                  .reshape(Shape.of(3, 4, 2))
                  .permute(0, 2, 1);
          Tensor mean = zeros(e);
          Tensor variance = zeros(e);
          for (Shape shape : List.of(Shape.of(3, 2, 4), Shape.of(3, 2, 1, 2, 2))) {
            Close.to(
                Values.of(shape, expected.toDoubles()),
                x.on(e).reshape(shape).batchNorm(null, null, mean, variance, true, 0.5, 1e-3),
                EngineUnderTest.tolerance(e.precision()),
                "normalised " + shape);
          }
          Tensor average = asRows.sum(0).times(0.75 / 12).reshape(Shape.of(2));
          Close.to(
              Values.of(Shape.of(2), average.toDoubles()),
              mean,
              EngineUnderTest.tolerance(e.precision()),
              "two times half of the way to the mean");
        });
  }

  private static Tensor zeros(Engine e) {
    return e.full(0, Shape.of(2));
  }

  /** Engines refuse operands that do not fit. */
  @Test
  default void operandsThatDoNotFitAreRefused() {
    withEngine(
        this,
        e -> {
          Tensor images = e.full(1, Shape.of(2, 2, 2, 2));
          Tensor rows = e.full(1, Shape.of(2, 3));
          List<Executable> refused =
              List.of(
                  () -> images.conv2d(e.full(1, Shape.of(1, 2, 3, 3)), null, 2, 0),
                  () -> images.conv2d(e.full(1, Shape.of(1, 3, 1, 1)), null, 1, 0),
                  () ->
                      images.conv2d(e.full(1, Shape.of(3, 2, 1, 1)), e.full(1, Shape.of(2)), 1, 0),
                  () -> images.convTranspose2d(e.full(1, Shape.of(1, 2, 1, 1)), null, 1, 0, 0),
                  () -> images.maxPool2d(3, 2),
                  () -> images.avgPool2d(3, 2),
                  () -> rows.plus(e.full(1, Shape.of(2))),
                  () -> rows.matmul(rows),
                  () -> rows.matmul(e.full(1, Shape.of(2, 3, 2))),
                  () -> e.full(1, Shape.of(2, 2, 3)).matmul(e.full(1, Shape.of(3, 2))),
                  () -> e.full(1, Shape.of(2, 2, 3)).matmul(e.full(1, Shape.of(1, 3, 2))),
                  () -> e.full(1, Shape.of(2, 2, 3)).matmul(e.full(1, Shape.of(2, 2, 3))),
                  () -> rows.linear(rows, e.full(1, Shape.of(3))),
                  () ->
                      rows.batchNorm(e.full(1, Shape.of(1)), null, zeros(e), zeros(e), true, 1, 1),
                  () -> rows.reshape(Shape.of(5)),
                  () -> rows.reshape(Shape.SCALAR),
                  () -> rows.slice(1, 1, 3),
                  () -> rows.sum(2),
                  () -> rows.permute(0, 0),
                  () -> rows.concat(List.of(e.full(1, Shape.of(2, 1))), 0),
                  () -> images.concat(List.of(e.full(1, Shape.of(1, 3, 2, 2))), 1),
                  rows::item);
          for (int i = 0; i < refused.size(); i++) {
            assertThrows(RuntimeException.class, refused.get(i), "case " + i);
          }
        });
  }

  /**
   * Sums of millions of numbers in single precision have five correct digits, along any dimension.
   */
  @Test
  default void longSumsKeepTheirDigits() {
    try (Engine e = open(Precision.FLOAT32)) {
      for (int[] dims : new int[][] {{50, 2, 98, 99}, {64, 2, 96, 96}, {61, 2, 101, 99}}) {
        float[] numbers = new float[Shape.of(dims).elements()];
        Arrays.fill(numbers, 0.1f); // every rounding goes the same way
        double exact = numbers.length * (double) 0.1f;
        e.scope(
            () -> {
              Tensor x = e.upload(numbers, Shape.of(dims));
              assertEquals(1, x.sum().item() / exact, 1e-5);
              assertEquals(1, x.sum(0, 1, 2, 3).item() / exact, 1e-5);
              for (float channel : x.sum(0, 2, 3).toFloats()) {
                assertEquals(0.5, channel / exact, 1e-5);
              }
            });
      }
    }
  }

  /** As above, of the numbers of each sample and of each of its channels. */
  @Test
  default void longSumsOfSamplesKeepTheirDigits() {
    float[] numbers = new float[3 * 2 * 704 * 700];
    Arrays.fill(numbers, 0.1f);
    double exact = 704 * 700 * (double) 0.1f;
    try (Engine e = open(Precision.FLOAT32)) {
      e.scope(
          () -> {
            Tensor uploaded = e.upload(numbers, Shape.of(3, 2, 704, 700));
            Tensor identity = e.upload(new double[] {1, 0, 0, 1}, Shape.of(2, 2, 1, 1));
            for (Tensor x : List.of(uploaded, uploaded.conv2d(identity, null, 1, 0))) {
              for (float channel : x.sum(2, 3).toFloats()) {
                assertEquals(1, channel / exact, 1e-5);
              }
              for (float sample : x.sum(1, 2, 3).toFloats()) {
                assertEquals(2, sample / exact, 1e-5);
              }
            }
          });
    }
  }

  /** Uploaded numbers are downloaded bit by bit, whatever their values. */
  @Test
  default void transfersKeepEveryBit() {
    float[] floats = {
      0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 0.1f
    };
    double[] doubles = {
      0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY
    };
    withEngine(
        this, e -> assertArrayEquals(floats, e.upload(floats, Shape.of(floats.length)).toFloats()));
    try (Engine e = open(Precision.FLOAT64)) {
      assertArrayEquals(doubles, e.upload(doubles, Shape.of(doubles.length)).toDoubles());
      assertEquals(0.1, e.full(0.1, Shape.SCALAR).item());
    }
    try (Engine e = open(Precision.FLOAT32)) {
      assertEquals((double) 0.1f, e.upload(new double[] {0.1}, Shape.of(1)).item());
    }
  }

  /** A wrong count is refused at once, with both numbers. */
  @Test
  default void uploadRefusesAWrongCount() {
    withEngine(
        this,
        e -> {
          for (Exception refusal :
              List.of(
                  assertThrows(
                      IllegalArgumentException.class, () -> e.upload(new float[5], Shape.of(2, 3))),
                  assertThrows(
                      IllegalArgumentException.class,
                      () -> e.upload(new double[5], Shape.of(2, 3))))) {
            String text = String.valueOf(refusal.getMessage());
            assertEquals(1, text.lines().count(), text);
            assertEquals(true, text.contains("6") && text.contains("5"), text);
          }
        });
  }
}
