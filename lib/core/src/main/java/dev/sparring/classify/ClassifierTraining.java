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
 * Trains a network to classify labelled samples, by {@link CrossEntropy} of its outputs. Equal
 * settings, data, initial weights and engine give equal bits if the engine is deterministic.
 *
 * @param optimizer the optimizer
 * @param batch number of samples in each step
 * @param steps number of updates
 * @param seed seed of the order of the samples
 */
public record ClassifierTraining(Optimizer optimizer, int batch, int steps, Seed seed) {
  /** Checks the numbers. */
  public ClassifierTraining {
    Require.atLeast("batch", batch, 1);
    Require.atLeast("steps", steps, 1);
  }

  /** Is told the progress. */
  @FunctionalInterface
  public interface Watcher {
    /** Called after each step, from 1, with the loss before its update. */
    void stepped(int step, double loss);
  }

  /**
   * Trains a network. The training's memory on the engine is free again afterwards.
   *
   * @param network from a sample to the logits of the classes; its parameters change in place
   * @param data every sample labelled with one of these classes
   * @throws IllegalArgumentException if the loss is not finite, or a sample has no label or one
   *     that is out of range
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
          List<Tensor> gradients =
              engine.gradients(
                  () -> {
                    Tensor logits = network.forward(engine.upload(samples, shape), weights, pass);
                    Tensor value = CrossEntropy.of(engine, logits, classes);
                    loss[0] = value.item();
                    return value;
                  },
                  List.copyOf(weights.values()));
          if (Double.isFinite(loss[0])) {
            slots.update(gradients, factor);
          }
        });
    return loss[0];
  }
}
