package dev.sparring.classify;

import dev.sparring.init.FanRule;
import dev.sparring.init.He;
import dev.sparring.init.Zeros;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.Relu;
import dev.sparring.norm.None;
import dev.sparring.optim.Adam;
import dev.sparring.optim.CosineDecay;
import dev.sparring.optim.Optimizer;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.InitByKind;
import dev.sparring.setting.Require;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a classifier and how they are trained. Figures of different architectures cannot be
 * compared, so a published architecture never changes; a better one gets another name.
 *
 * @param name with its version, e.g. {@code cnn-1}
 * @param body the layers up to the features, whose shape is (F); followed by one dense layer for
 *     the logits
 * @param optimizer of the training
 * @param batch samples a step
 * @param epochs number of passes over the data, unless the next two limit the steps
 * @param leastSteps smallest number of steps, for small data sets
 * @param mostSteps largest number of steps, for large data sets
 */
public record ClassifierArchitecture(
    String name,
    List<Layer> body,
    Optimizer optimizer,
    int batch,
    int epochs,
    int leastSteps,
    int mostSteps) {
  /** Prefix of the names of the weights. */
  static final String NETWORK = "classifier";

  /** Checks the settings. */
  public ClassifierArchitecture {
    Require.notBlank("name", name);
    Require.atLeast("batch", batch, 1);
    Require.atLeast("epochs", epochs, 1);
    Require.atLeast("leastSteps", leastSteps, 1);
    Require.atLeast("mostSteps", mostSteps, leastSteps);
    body = List.copyOf(body);
  }

  /**
   * {@code cnn-1}: three convolutions of 3x3, two of them halving the image, and 64 features after
   * a ReLU. Training takes seconds for digits, a minute for Fashion-MNIST. There is no batch
   * normalization, so that features are the same as in training and depend on the sample only.
   */
  public static ClassifierArchitecture cnn1() {
    return new ClassifierArchitecture(
        "cnn-1",
        List.of(
            Conv.conv(32),
            Relu.relu(),
            Conv.conv(64).stride(2),
            Relu.relu(),
            Conv.conv(64).stride(2),
            Relu.relu(),
            Flatten.flatten(),
            Dense.dense(64),
            Relu.relu()),
        Adam.adam(1e-3, 0.9, 0.999).schedule(CosineDecay.cosineDecay()),
        128,
        3,
        400,
        2000);
  }

  /** The number of updates for this number of samples. */
  int steps(int samples) {
    long wanted = ((long) epochs * samples + batch - 1) / batch;
    return (int) Math.max(leastSteps, Math.min(mostSteps, wanted));
  }

  /**
   * The network for one kind of data.
   *
   * @throws dev.sparring.recipe.RecipeException if the layers do not take such samples
   */
  NetworkPlan plan(Shape sample, int classes) {
    List<Layer> layers = new ArrayList<>(body);
    layers.add(Dense.dense(classes));
    // Networks that take samples are planned as discriminators; otherwise it has nothing to do with
    // one.
    return NetworkPlan.of(
        NETWORK,
        new Discriminator(
            1,
            0,
            null,
            He.he(),
            Zeros.zeros(),
            InitByKind.initByKind(),
            FanRule.FORWARD,
            None.none(),
            layers),
        sample);
  }
}
