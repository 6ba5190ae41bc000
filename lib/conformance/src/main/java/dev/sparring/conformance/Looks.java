package dev.sparring.conformance;

import dev.sparring.data.Noise;
import dev.sparring.diagnose.Diagnostics;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.optim.Adam;
import dev.sparring.optim.Sgd;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Training;
import java.util.Map;

/** Small trainings for diagnostics, and their figures. */
final class Looks {
  /** Samples in a batch of {@link #inputs}. */
  static final int BATCH = 3;

  /** How many numbers a sample of {@link #recipe} is generated from. */
  static final int LATENT = 2;

  private Looks() {}

  /** The diagnostics of a training in its current state. */
  static Map<String, Double> look(Training training) {
    return Diagnostics.of(training, 1).read(training, 1);
  }

  static double figure(Map<String, Double> figures, String column) {
    Double value = figures.get(column);
    if (value == null) {
      throw new AssertionError("no " + column + " among " + figures.keySet());
    }
    return value;
  }

  /** One of a network's parameters. */
  static Tensor parameter(Training training, String path) {
    String network = path.substring(0, path.indexOf('.'));
    Tensor t = training.tensors().getOrDefault(network, Map.of()).get(path);
    if (t == null) {
      throw new AssertionError("no " + path);
    }
    return t;
  }

  /** A discriminator on images, and a generator of a layer. */
  static Recipe recipe(int channels, int side, WeightNorm norm, Loss loss, Layer... judge) {
    return Gan.named("looked-at")
        .data(Noise.noise(channels, side, side))
        .generator(
            g ->
                g.latent(LATENT)
                    .layers(
                        Dense.dense(channels * side * side), Reshape.reshape(channels, side, side)))
        .discriminator(d -> d.norm(norm).layers(judge))
        .loss(loss)
        .optimizers(Sgd.sgd(0.01), Sgd.sgd(0.01))
        .train(Train.train().steps(1).batch(BATCH))
        .build();
  }

  /** The same samples and the same noise at every update. */
  static GameInputs inputs(Engine engine, Values real, Values discriminator, Values generator) {
    return new GameInputs() {
      @Override
      public Batch real(long update) {
        return Batch.of(real.on(engine));
      }

      @Override
      public Batch forDiscriminator(long update) {
        return Batch.of(discriminator.on(engine));
      }

      @Override
      public Batch forGenerator(long update) {
        return Batch.of(generator.on(engine));
      }
    };
  }

  /** Every kind of state and randomness in a training pass. */
  static Recipe everything(int diagnosticsEvery) {
    return Gan.named("everything")
        .data(Noise.noise(2, 8, 8))
        .generator(
            g ->
                g.latent(5)
                    .norm(Bssn.bssn(1.4))
                    .layers(
                        Dense.dense(3 * 4 * 4),
                        Reshape.reshape(3, 4, 4),
                        BatchNorm.batchNorm(),
                        Relu.relu(),
                        Dropout.dropout(0.3),
                        ConvTranspose.convTranspose(2)))
        .discriminator(
            d ->
                d.norm(Sn.sn())
                    .layers(
                        Conv.conv(4).kernel(4).stride(2),
                        LeakyRelu.leakyRelu(),
                        Dropout.dropout(0.2),
                        Conv.conv(3),
                        BatchNorm.batchNorm(),
                        Flatten.flatten(),
                        Dense.dense(1)))
        .loss(NonSaturating.nonSaturating())
        .optimizers(Adam.adam(), Adam.adam())
        .train(Train.train().steps(4).batch(4).discriminatorSteps(2))
        .output(Output.output().diagnosticsEvery(diagnosticsEvery))
        .build();
  }
}
