package dev.sparring.classify;

import dev.sparring.data.Batches;
import dev.sparring.data.DataSet;
import dev.sparring.loss.CrossEntropy;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Slots;
import dev.sparring.random.Seed;
import dev.sparring.setting.Require;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * How a network learns to tell the classes of labelled samples apart, by {@link CrossEntropy} of
 * its outputs. Equal settings, data, first weights and engine give equal bits, where the engine
 * repeats itself.
 *
 * @param optimizer follows the gradients
 * @param batch samples a step
 * @param steps updates
 * @param seed draws the order of the samples
 */
public record ClassifierTraining(Optimizer optimizer, int batch, int steps, Seed seed) {
  /** Checks the numbers. */
  public ClassifierTraining {
    Require.atLeast("batch", batch, 1);
    Require.atLeast("steps", steps, 1);
  }

  /** Hears how it goes on. */
  @FunctionalInterface
  public interface Watcher {
    /** Called behind each step, from 1, with the loss before its update. */
    void stepped(int step, double loss);
  }

  /**
   * Trains a network. What the training needs of the engine's memory is free again behind it.
   *
   * @param network from a sample to the logits of the classes; its parameters change in place
   * @param data every sample labelled with one of these classes
   * @throws IllegalArgumentException if the loss is not finite any more, or a sample has no label
   *     or another one
   */
  public void run(Network network, DataSet data, Watcher watcher) {
    network
        .engine()
        .scope(
            () -> {
              Slots slots = new Slots(optimizer, network.parameters(), network.engine());
              Batches batches = new Batches(data, seed, batch);
              for (int step = 1; step <= steps; step++) {
                double loss = step(step, network, slots, batches, data);
                if (!Double.isFinite(loss)) {
                  throw new IllegalArgumentException(
                      "the classifier's loss is "
                          + loss
                          + " at step "
                          + step
                          + "; are the samples in [-1, 1]?");
                }
                watcher.stepped(step, loss);
              }
            });
  }

  private double step(int step, Network network, Slots slots, Batches batches, DataSet data) {
    Engine engine = network.engine();
    int[] indices = batches.indices(step - 1);
    int[] classes = new int[batch];
    for (int i = 0; i < batch; i++) {
      int index = indices[i];
      classes[i] =
          data.label(index)
              .orElseThrow(() -> new IllegalArgumentException("sample " + index + " has no label"));
    }
    Shape shape = data.sampleShape().batch(batch);
    float[] samples = batches.batch(step - 1);
    double factor = optimizer.schedule().factor(step, steps);
    double[] loss = new double[1];
    engine.scope(
        () -> {
          Map<String, Tensor> weights = network.variables();
          PassOptions pass = PassOptions.training(seed, step, 0);
          Tensor logits = network.forward(engine.upload(samples, shape), weights, pass);
          Tensor value = CrossEntropy.of(engine, logits, classes);
          loss[0] = value.item();
          if (Double.isFinite(loss[0])) {
            slots.update(engine.gradients(value, List.copyOf(weights.values()), false), factor);
          }
        });
    return loss[0];
  }
}
