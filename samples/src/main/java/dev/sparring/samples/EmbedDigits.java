package dev.sparring.samples;

import static dev.sparring.data.Digits.digits;
import static dev.sparring.init.Orthogonal.orthogonal;
import static dev.sparring.init.Xavier.xavier;
import static dev.sparring.layer.BatchNorm.batchNorm;
import static dev.sparring.layer.Conv.conv;
import static dev.sparring.layer.ConvTranspose.convTranspose;
import static dev.sparring.layer.Dense.dense;
import static dev.sparring.layer.Flatten.flatten;
import static dev.sparring.layer.LeakyRelu.leakyRelu;
import static dev.sparring.layer.Relu.relu;
import static dev.sparring.layer.Reshape.reshape;
import static dev.sparring.layer.Tanh.tanh;
import static dev.sparring.loss.Hinge.hinge;
import static dev.sparring.norm.Bssn.bssn;
import static dev.sparring.optim.Adam.adam;

import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.torch.TorchEngine;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;

/** Trains a generator of digits inside a Java program, and draws one of its samples as text. */
public final class EmbedDigits {
  private static final String SHADES = " .:-=+*#%@";

  private EmbedDigits() {}

  /** The recipe of samples/digits.gan.kts in Java. */
  public static Recipe recipe(int steps) {
    return Gan.named("digits")
        .data(digits())
        .generator(
            g ->
                g.latent(64)
                    .init(orthogonal())
                    .layers(dense(4 * 4 * 64), reshape(64, 4, 4), batchNorm(), relu())
                    .layers(convTranspose(32), batchNorm(), relu())
                    .layers(conv(1).init(xavier()), tanh()))
        .discriminator(
            d ->
                d.init(orthogonal())
                    .norm(bssn(1.4))
                    .layers(conv(32), leakyRelu(0.1))
                    .layers(conv(64).kernel(4).stride(2), leakyRelu(0.1))
                    .layers(flatten(), dense(1)))
        .loss(hinge())
        .optimizers(adam(2e-4, 0.5, 0.999), adam(4e-4, 0.5, 0.999))
        .train(Train.train().steps(steps))
        .build();
  }

  /** Trains for the number of steps in the argument, by default 1,000. */
  public static void main(String[] args) {
    Recipe recipe = recipe(args.length > 0 ? Integer.parseInt(args[0]) : 1000);
    try (Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32)) {
      Training training = Training.of(recipe, engine).listen(new EveryHundredSteps());
      training.run();
      System.out.println(asText(training.sampler().sample(1, 7)));
    }
  }

  private static String asText(float[] image) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < image.length; i++) {
      int shade = Math.round((image[i] + 1) / 2 * (SHADES.length() - 1));
      text.append(SHADES.charAt(shade)).append(i % 8 == 7 ? "\n" : "");
    }
    return text.toString();
  }

  private static final class EveryHundredSteps implements TrainingListener {
    @Override
    public void stepped(Training training, Step step) {
      if (step.number() % 100 == 0) {
        System.out.println(step.number() + " " + step.figures());
      }
    }
  }
}
