package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.Digits;
import dev.sparring.data.Edges;
import dev.sparring.data.Ring;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.network.Interpolation;
import dev.sparring.network.Sampler;
import dev.sparring.network.Truncation;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.train.Training;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Samples from truncated and interpolated noise. */
public interface NoiseConformance extends EngineUnderTest {
  private static Recipe points(Layer... first) {
    Layer[] layers = Arrays.copyOf(first, first.length + 1);
    layers[first.length] = Dense.dense(2);
    return Gan.named("test")
        .data(Ring.ring().points(64).modes(5))
        .generator(g -> g.latent(3).layers(layers))
        .discriminator(d -> d.layers(Dense.dense(1)))
        .train(Train.train().steps(1).batch(6))
        .build();
  }

  private void sampling(Recipe recipe, Consumer<Sampler> work) {
    try (Engine engine = open(Precision.FLOAT32)) {
      work.accept(Training.of(recipe, engine).sampler());
    }
  }

  /** The i-th sample is that of its seed, whatever the count, and noise decodes to it. */
  @Test
  default void truncatedSamplesHaveTheirOwnNoise() {
    sampling(
        points(),
        sampler -> {
          for (Truncation truncation :
              new Truncation[] {
                Truncation.resample(0.4), Truncation.scale(0.4), Truncation.temperature(0.4)
              }) {
            Sampler truncated = sampler.truncated(truncation);
            float[] many = truncated.sample(140, 7);
            assertArrayEquals(
                truncated.sample(3, 7), Arrays.copyOf(many, 6), 1e-6f, truncation.toString());
            assertArrayEquals(
                sampler.decode(truncated.noise(3, 7), 3), Arrays.copyOf(many, 6), 1e-6f);
            assertFalse(Arrays.equals(many, sampler.sample(140, 7)), truncation.toString());
          }
        });
  }

  /** A generator of one dense layer maps lines to lines. */
  @Test
  default void rowsGoFromSampleToSample() {
    sampling(
        points(),
        sampler -> {
          float[] ends = sampler.sample(3, 7);
          float[] rows = sampler.interpolate(Interpolation.LERP, 3, 5, OptionalInt.empty(), 7);
          assertEquals(3 * 5 * 2, rows.length);
          for (int row = 0; row < 3; row++) {
            for (int step = 0; step < 5; step++) {
              for (int axis = 0; axis < 2; axis++) {
                float a = ends[2 * row + axis];
                float b = ends[2 * ((row + 1) % 3) + axis];
                assertEquals(a + (b - a) * step / 4f, rows[2 * (5 * row + step) + axis], 1e-5f);
              }
            }
          }
        });
  }

  @Test
  default void aPathHasOneClass() {
    sampling(
        points(ConcatLabels.concatLabels()),
        sampler -> {
          float[] rows = sampler.interpolate(Interpolation.SLERP, 2, 3, OptionalInt.of(4), 7);
          float[] ends = sampler.sampleOf(4, 2, 7);
          assertArrayEquals(Arrays.copyOf(ends, 2), Arrays.copyOf(rows, 2), 1e-6f);
          assertArrayEquals(Arrays.copyOfRange(ends, 2, 4), Arrays.copyOfRange(rows, 4, 6), 1e-6f);
          refused(
              "interpolation needs a class: the generator is conditional, with classes 0 to 4",
              () -> sampler.interpolate(Interpolation.LERP, 2, 3, OptionalInt.empty(), 7));
          refused(
              "class must be between 0 and 4, got 5",
              () -> sampler.interpolate(Interpolation.LERP, 2, 3, OptionalInt.of(5), 7));
        });
  }

  /** A walk begins and ends with the samples of its draws. */
  @Test
  default void aWalkGoesFromDrawToDraw() {
    sampling(
        points(),
        sampler -> {
          float[] a = sampler.noiseOf(2, 7);
          float[] b = sampler.noiseOf(0, 9);
          float[] z = Arrays.copyOf(a, 2 * a.length);
          System.arraycopy(b, 0, z, a.length, b.length);
          float[] walk = sampler.walk(Interpolation.SLERP, z, 2, 4, OptionalInt.empty());
          assertEquals(4 * 2, walk.length);
          assertArrayEquals(
              Arrays.copyOfRange(sampler.sample(3, 7), 4, 6), Arrays.copyOf(walk, 2), 1e-6f);
          assertArrayEquals(sampler.sample(1, 9), Arrays.copyOfRange(walk, 6, 8), 1e-6f);
        });
  }

  @Test
  default void whatHasNoNoiseOfItsOwnIsRefused() {
    sampling(
        points(BatchNorm.batchNorm().alwaysBatch(true)),
        sampler ->
            refused(
                "interpolation needs samples that do not depend on each other, and this generator"
                    + " has batchNorm with alwaysBatch",
                () -> sampler.interpolate(Interpolation.LERP, 2, 3, OptionalInt.empty(), 7)));
    Recipe translation =
        Gan.named("edges")
            .data(Edges.edges(Digits.digits()))
            .generator(g -> g.layers(Conv.conv(1)))
            .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
            .train(Train.train().steps(1).batch(6))
            .build();
    sampling(
        translation,
        sampler -> {
          refused(
              "truncation needs noise, and this generator's input is images",
              () -> sampler.truncated(Truncation.temperature(0.5)));
          refused(
              "interpolation needs noise, and this generator's input is images",
              () -> sampler.interpolate(Interpolation.LERP, 2, 3, OptionalInt.empty(), 7));
        });
  }

  private static void refused(String message, Runnable work) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, work::run).getMessage());
  }
}
