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
 * How a classifier is made: its layers and how they are trained. Figures of one architecture do not
 * compare with those of another, so a published one never changes; a better one gets another name.
 *
 * @param name with its version, e.g. {@code cnn-1}
 * @param body the layers up to the features, whose shape is (F); behind it comes one dense layer,
 *     the logits
 * @param optimizer of the training
 * @param batch samples a step
 * @param epochs how often each sample is seen, if that is no fewer and no more steps than the next
 *     two allow
 * @param leastSteps for small data sets
 * @param mostSteps for large ones
 */
public record ClassifierArchitecture(
    String name,
    List<Layer> body,
    Optimizer optimizer,
    int batch,
    int epochs,
    int leastSteps,
    int mostSteps) {
  /** What the names of the weights begin with. */
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
   * {@code cnn-1}: three convolutions of 3x3, two of them halving the image, and 64 features behind
   * a ReLU. Seconds for digits, a minute for Fashion-MNIST. There is no batch normalization, so
   * that features are what the training saw and depend on nothing but the sample.
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

  /** How many updates so many samples take. */
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
    // Networks that take samples are planned as discriminators; the name is all that this one
    // shares.
    return NetworkPlan.of(
        NETWORK,
        new Discriminator(
            1,
            0,
            He.he(),
            Zeros.zeros(),
            InitByKind.initByKind(),
            FanRule.FORWARD,
            None.none(),
            layers),
        sample);
  }
}
