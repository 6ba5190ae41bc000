package own;

import static dev.sparring.layer.Dense.dense;
import static dev.sparring.layer.Relu.relu;

import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.torch.TorchEngine;
import dev.sparring.train.Training;
import java.util.Arrays;

/** The recipe of recipe.yaml as a program: it trains, and prints some samples. */
public final class TrainTrack {
  private static final int SAMPLES = 5;

  private TrainTrack() {}

  /**
   * The recipe.
   *
   * @param track the CSV file
   */
  public static Recipe recipe(String track) {
    return Gan.named("track")
        .data(new Track(track, 10))
        .generator(g -> g.latent(8).init(Sinc.sinc()).layers(dense(32), relu(), dense(2)))
        .discriminator(
            d -> d.norm(new Centered()).layers(dense(32), relu(), new Cosine(16), dense(1)))
        .terms(Drift.drift())
        .train(Train.train().steps(20).batch(16))
        .build();
  }

  /** Trains on the file that is named, or on track.csv of this folder. */
  public static void main(String[] arguments) {
    Recipe recipe = recipe(arguments.length > 0 ? arguments[0] : "track.csv");
    try (Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32)) {
      Training training = Training.of(recipe, engine);
      training.run();
      System.out.println(Arrays.toString(training.sampler().sample(SAMPLES, 7)));
    }
  }
}
