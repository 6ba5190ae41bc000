package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.augment.Augmentation;
import dev.sparring.augment.Color;
import dev.sparring.augment.Cutout;
import dev.sparring.augment.Flip;
import dev.sparring.augment.InstanceNoise;
import dev.sparring.augment.Translation;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outputs of augmentations, against plain arrays, and their gradients. */
public interface AugmentationConformance extends EngineUnderTest {
  /** Images of 3 channels, 5 rows and 8 columns. */
  Shape IMAGES = Shape.of(6, 3, 5, 8);

  private static RandomStream random() {
    return new Seed(11).stream("augment", 2);
  }

  /** By finite differences: the generator learns through augmentations. */
  @TestFactory
  default Stream<DynamicTest> gradientsOfAugmentations() {
    return Stream.of(
            Flip.flip(),
            Translation.translation(0.3),
            Color.color(),
            Cutout.cutout(),
            InstanceNoise.instanceNoise().until(10))
        .map(
            augmentation ->
                DynamicTest.dynamicTest(
                    augmentation.toString(),
                    () -> {
                      GradientCase differences =
                          new GradientCase(
                              augmentation.toString(),
                              List.of(Values.random(1, 3, 3, 2, 4)),
                              (engine, in) -> augmentation.apply(in.get(0), random(), engine, 3));
                      Starts.withDoubles(
                          this, engine -> differences.checkFirst(engine, Layout.UPLOADED));
                    }));
  }

  /** Each image, with its pixels by index. */
  interface Pixel {
    double at(int n, int c, int row, int column);
  }

  private void check(Precision precision, Augmentation augmentation, Pixel expected) {
    Starts.with(
        this,
        precision,
        engine -> {
          Tensor x = Values.random(7, 6, 3, 5, 8).on(engine);
          Shape shape = x.shape();
          double[] values = new double[shape.elements()];
          int i = 0;
          for (int n = 0; n < shape.dim(0); n++) {
            for (int c = 0; c < shape.dim(1); c++) {
              for (int row = 0; row < shape.dim(2); row++) {
                for (int column = 0; column < shape.dim(3); column++) {
                  values[i++] = expected.at(n, c, row, column);
                }
              }
            }
          }
          Close.to(
              Values.of(shape, values),
              augmentation.apply(x, random(), engine, 1),
              EngineUnderTest.tolerance(precision),
              augmentation.toString());
        });
  }

  private static double given(int n, int c, int row, int column) {
    if (row < 0 || row >= IMAGES.dim(2) || column < 0 || column >= IMAGES.dim(3)) {
      return 0;
    }
    return Values.random(7, 6, 3, 5, 8)
        .at(((n * IMAGES.dim(1) + c) * IMAGES.dim(2) + row) * IMAGES.dim(3) + column);
  }

  /** Some are mirrored, some are not. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void mirrored(Precision precision) {
    RandomStream random = random();
    boolean[] chosen = new boolean[IMAGES.dim(0)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = random.uniform() < 0.5;
    }
    assertTrue(chosen[0] || chosen[1] || chosen[2] || chosen[3]);
    check(
        precision,
        Flip.flip(),
        (n, c, row, column) -> given(n, c, row, chosen[n] ? IMAGES.dim(3) - 1 - column : column));
  }

  /** Rows by round(0.3 * 5) = 2 at most, columns by round(0.3 * 8) = 2; zeros come in. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void moved(Precision precision) {
    RandomStream random = random();
    int[] down = IntStream.range(0, IMAGES.dim(0)).map(i -> random.below(5) - 2).toArray();
    int[] right = IntStream.range(0, IMAGES.dim(0)).map(i -> random.below(5) - 2).toArray();
    check(
        precision,
        Translation.translation(0.3),
        (n, c, row, column) -> given(n, c, row - down[n], column - right[n]));
  }

  /** Every distance occurs; at a ratio of 1 an image may be moved out; at 0 nothing moves. */
  @Test
  default void everyDistanceComes() {
    Starts.withDoubles(
        this,
        engine -> {
          double[] ramp = new double[400 * 4];
          for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i % 4 + 1;
          }
          Tensor x = Values.of(Shape.of(400, 1, 1, 4), ramp).on(engine);
          double[] moved = Translation.translation(1).apply(x, random(), engine, 1).toDoubles();
          Set<String> seen = new TreeSet<>();
          for (int i = 0; i < 400; i++) {
            seen.add(Arrays.toString(Arrays.copyOfRange(moved, 4 * i, 4 * i + 4)));
          }
          // A single row may move by one too, and then nothing is left.
          assertEquals(
              Set.of(
                  "[0.0, 0.0, 0.0, 0.0]",
                  "[0.0, 0.0, 0.0, 1.0]",
                  "[0.0, 0.0, 1.0, 2.0]",
                  "[0.0, 1.0, 2.0, 3.0]",
                  "[1.0, 2.0, 3.0, 4.0]",
                  "[2.0, 3.0, 4.0, 0.0]",
                  "[3.0, 4.0, 0.0, 0.0]",
                  "[4.0, 0.0, 0.0, 0.0]"),
              seen);
          Close.exactly(
              Values.of(x.shape(), ramp),
              Translation.translation(0).apply(x, random(), engine, 1),
              "not moved");
        });
  }

  /** Of 5 rows round(2.5) = 3 from -1 on, of 8 columns 4 from -2 on. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void cutOut(Precision precision) {
    RandomStream random = random();
    int[] top = new int[IMAGES.dim(0)];
    int[] left = new int[IMAGES.dim(0)];
    for (int i = 0; i < IMAGES.dim(0); i++) {
      top[i] = random.below(5) - 1;
      left[i] = random.below(9) - 2;
    }
    check(
        precision,
        Cutout.cutout(),
        (n, c, row, column) ->
            row >= top[n] && row < top[n] + 3 && column >= left[n] && column < left[n] + 4
                ? 0
                : given(n, c, row, column));
  }

  /** The formulas of DiffAugment's code with its own numbers, uniform on [0, 1). */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void colored(Precision precision) {
    RandomStream random = random();
    double[][] u = new double[3][IMAGES.dim(0)];
    for (double[] each : u) {
      for (int i = 0; i < each.length; i++) {
        each[i] = random.uniform();
      }
    }
    Pixel bright = (n, c, row, column) -> given(n, c, row, column) + (u[0][n] - 0.5);
    Pixel saturated =
        (n, c, row, column) -> {
          double mean =
              (bright.at(n, 0, row, column)
                      + bright.at(n, 1, row, column)
                      + bright.at(n, 2, row, column))
                  / 3;
          return (bright.at(n, c, row, column) - mean) * (2 * u[1][n]) + mean;
        };
    double[] means = new double[IMAGES.dim(0)];
    for (int n = 0; n < IMAGES.dim(0); n++) {
      for (int i = 0; i < 3 * 5 * 8; i++) {
        means[n] += saturated.at(n, i / 40, i / 8 % 5, i % 8) / 120;
      }
    }
    check(
        precision,
        Color.color(),
        (n, c, row, column) ->
            (saturated.at(n, c, row, column) - means[n]) * (u[2][n] + 0.5) + means[n]);
    check(
        precision,
        Color.color().brightness(0).contrast(0),
        (n, c, row, column) -> {
          double mean =
              (given(n, 0, row, column) + given(n, 1, row, column) + given(n, 2, row, column)) / 3;
          return (given(n, c, row, column) - mean) * (2 * u[1][n]) + mean;
        });
  }

  /**
   * Falls from the first step on, by a tenth of its initial value each, and is zero in the
   * eleventh.
   */
  @Test
  default void noiseFades() {
    Starts.withDoubles(
        this,
        engine -> {
          InstanceNoise noise = InstanceNoise.instanceNoise().std(0.5).until(10);
          Tensor x = Values.random(3, 200, 5).on(engine);
          float[] drawn = random().gaussians(1000);
          for (int step : new int[] {1, 4, 10}) {
            double std = 0.5 * (11 - step) / 10;
            double[] values = x.toDoubles();
            for (int i = 0; i < values.length; i++) {
              values[i] += std * drawn[i];
            }
            Close.to(
                Values.of(x.shape(), values),
                noise.apply(x, random(), engine, step),
                1e-12,
                "noisy");
          }
          assertSame(x, noise.apply(x, random(), engine, 11));
          assertSame(x, noise.apply(x, random(), engine, 1000));
          assertEquals(0.1, InstanceNoise.instanceNoise().at(1_000_000));
        });
  }
}
