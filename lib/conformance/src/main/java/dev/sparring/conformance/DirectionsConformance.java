package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.Digits;
import dev.sparring.latent.Directions;
import dev.sparring.latent.Directions.Rows;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.network.Network;
import dev.sparring.network.Sampler;
import dev.sparring.norm.Sn;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Directions of the noise, of the first linear maps of generators. */
public interface DirectionsConformance extends EngineUnderTest {
  private void generating(int latent, Layer[] layers, BiConsumer<Network, Sampler> work) {
    Recipe recipe =
        Gan.named("test")
            .data(Digits.digits())
            .generator(g -> g.latent(latent).layers(layers))
            .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
            .train(Train.train().steps(1).batch(6))
            .build();
    try (Engine engine = open(Precision.FLOAT32)) {
      Network generator =
          Network.create(GamePlan.of(recipe).generator(), engine, new Seed(recipe.train().seed()));
      work.accept(generator, new Sampler(generator, Latent.NORMAL));
    }
  }

  /** A linear generator moves along a direction by its strength, whatever its only map is. */
  private void checkStrengths(String about, int latent, Layer... layers) {
    generating(
        latent,
        layers,
        (generator, sampler) -> {
          Directions found = Directions.of(generator, Rows.PLAIN);
          assertEquals(about, found.about());
          assertEquals(latent, found.count());
          float[] z = sampler.noiseOf(3, 7);
          float[] before = decoded(sampler, z);
          for (int i : new int[] {0, 1, latent - 1}) {
            float[] after = decoded(sampler, found.moved(z, i, 1.5));
            double square = 0;
            for (int p = 0; p < before.length; p++) {
              square += Math.pow(after[p] - before[p], 2);
            }
            assertEquals(1.5 * found.strength(i), Math.sqrt(square), 2e-4, about + " " + i);
          }
        });
  }

  private static float[] decoded(Sampler sampler, float[] z) {
    return sampler.classes().isPresent() ? sampler.decodeOf(4, z, 1) : sampler.decode(z, 1);
  }

  @Test
  default void aStepAlongADirectionIsAsLongAsItsStrength() {
    checkStrengths(
        "generator.0.weight (dense 64), 64 outputs of 5 elements of noise, not normalized",
        5,
        Dense.dense(64),
        Reshape.reshape(1, 8, 8));
    checkStrengths(
        "generator.1.weight (dense 64), 64 outputs of 5 elements of noise, not normalized",
        5,
        ConcatLabels.concatLabels(),
        Dense.dense(64),
        Reshape.reshape(1, 8, 8));
    checkStrengths(
        "generator.0.weight (dense 64), 64 outputs of 5 elements of noise, as sn normalizes it",
        5,
        Dense.dense(64).norm(Sn.sn()),
        Reshape.reshape(1, 8, 8));
  }

  /** Taps that the padding cuts off move nothing. */
  @Test
  default void convolutionsAreTheirWholeMaps() {
    ConvTranspose grown = ConvTranspose.convTranspose(1).kernel(10).stride(1).padding(1);
    checkStrengths(
        "generator.1.weight ("
            + grown.summary()
            + "), 64 outputs of 6 elements of noise, not normalized",
        6,
        Reshape.reshape(6, 1, 1),
        grown);
    Conv plain = Conv.conv(1);
    checkStrengths(
        "generator.1.weight ("
            + plain.summary()
            + "), 64 outputs of 64 elements of noise, not normalized",
        64,
        Reshape.reshape(1, 8, 8),
        plain);
  }

  @Test
  default void noiseThatMeetsSomethingElseFirstIsRefused() {
    Layer[] layers = {Relu.relu(), Dense.dense(64), Reshape.reshape(1, 8, 8)};
    generating(
        5,
        layers,
        (generator, sampler) ->
            assertEquals(
                "generator.0 (relu) comes before the first linear map; expected a generator whose"
                    + " noise meets a linear map first",
                assertThrows(
                        IllegalArgumentException.class, () -> Directions.of(generator, Rows.PLAIN))
                    .getMessage()));
  }
}
