package dev.sparring.classify;

import dev.sparring.data.DataSet;
import dev.sparring.metric.Features;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A network that was trained to classify the samples of a data set, and its accuracy.
 *
 * <p>It lives on an engine and, like it, is used by one thread at a time until it is closed.
 */
public final class Classifier {
  // Samples do not depend on each other, so that the size only bounds memory.
  private static final int CHUNK = 256;

  private static final int LOG_PARTS = 4;

  private static final String PORTABLE = "portable";

  private final Network network;
  private final ClassifierFacts facts;

  Classifier(Network network, ClassifierFacts facts) {
    this.network = network;
    this.facts = facts;
  }

  /**
   * The outputs of a classifier, one row for each sample.
   *
   * @param features outputs of its last layer but one
   * @param logits logits of the classes; {@link Features#softmax} turns them into probabilities
   */
  public record Outputs(Features features, Features logits) {}

  /**
   * Trains one. A tenth of the data, chosen by the seed, is held out to measure the accuracy.
   *
   * <p>The weights are rounded to single precision, so that they are the same when read from a
   * file, on every engine.
   *
   * @param seed seed of weights, order and the held-out samples
   * @param log receives some lines about the progress
   */
  static Classifier train(
      ClassifierArchitecture architecture,
      LabelledImages images,
      Seed seed,
      Engine engine,
      Consumer<String> log) {
    NetworkPlan plan = architecture.plan(images.data().sampleShape(), images.classes());
    Network network = Network.create(plan, engine, seed);
    DataSet training = images.training(seed);
    int steps = architecture.steps(training.size());
    log.accept(
        String.format(
            Locale.ROOT,
            "training the classifier %s on %d samples of %d classes, %d steps",
            architecture.name(),
            training.size(),
            images.classes(),
            steps));
    int part = (steps + LOG_PARTS - 1) / LOG_PARTS;
    new ClassifierTraining(architecture.optimizer(), architecture.batch(), steps, seed)
        .run(
            network,
            training,
            (step, loss) -> {
              if (step % part == 0 && step < steps) {
                log.accept(
                    String.format(
                        Locale.ROOT, "classifier: step %d/%d, loss %.3f", step, steps, loss));
              }
            });
    round(network);
    DataSet heldOut = images.heldOut(seed);
    double accuracy = accuracy(network, heldOut);
    log.accept(
        String.format(
            Locale.ROOT,
            "classifier: accuracy %.4f on %d samples held out",
            accuracy,
            heldOut.size()));
    return new Classifier(
        network,
        new ClassifierFacts(
            architecture.name(),
            ClassifierFiles.sha256(network),
            steps,
            accuracy,
            heldOut.size(),
            engine.name() + " (" + engine.version() + ")",
            kernels(engine)));
  }

  private static String kernels(Engine engine) {
    return engine.isPortable()
        ? PORTABLE
        : "threads: " + engine.facts().getOrDefault("threads", "unknown") + ", of one machine";
  }

  private static void round(Network network) {
    Engine engine = network.engine();
    engine.scope(
        () ->
            network
                .parameters()
                .values()
                .forEach(p -> p.assign(engine.upload(p.toFloats(), p.shape()))));
  }

  private static double accuracy(Network network, DataSet heldOut) {
    int size = heldOut.sampleShape().elements();
    int right = 0;
    for (int from = 0; from < heldOut.size(); from += CHUNK) {
      int n = Math.min(CHUNK, heldOut.size() - from);
      float[] samples = new float[n * size];
      for (int i = 0; i < n; i++) {
        heldOut.read(from + i, samples, i * size);
      }
      int[] found = largest(outputs(network, samples, n).logits());
      for (int i = 0; i < n; i++) {
        right += found[i] == heldOut.label(from + i).orElse(-1) ? 1 : 0;
      }
    }
    return (double) right / heldOut.size();
  }

  /** How it was trained, and its accuracy. */
  public ClassifierFacts facts() {
    return facts;
  }

  /** The shape of the samples that it takes. */
  public Shape sampleShape() {
    return network.plan().input();
  }

  /** The number of classes. */
  public int classes() {
    return network.plan().output().elements();
  }

  Network network() {
    return network;
  }

  /**
   * Writes its weights as safetensors, its facts as their metadata. Equal classifiers give equal
   * files.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    ClassifierFiles.write(file, this);
  }

  /**
   * Its outputs for samples.
   *
   * @param samples (count, ...) in row-major order
   * @param sample the shape of one of them
   * @throws IllegalArgumentException if it was trained on samples of another shape, or there are
   *     none
   */
  public Outputs outputs(float[] samples, Shape sample) {
    if (!sample.equals(sampleShape())) {
      throw new IllegalArgumentException(
          "samples of shape "
              + sample
              + " are none for the classifier, which was trained on "
              + sampleShape());
    }
    return outputs(network, samples, samples.length / sample.elements());
  }

  private static Outputs outputs(Network network, float[] samples, int count) {
    Engine engine = network.engine();
    Shape sample = network.plan().input();
    PlannedLayer last = network.plan().layers().get(network.plan().layers().size() - 1);
    int size = sample.elements();
    int width = last.input().elements();
    int classes = last.output().elements();
    double[] features = new double[count * width];
    double[] logits = new double[count * classes];
    for (int from = 0; from < count; from += CHUNK) {
      int start = from;
      int n = Math.min(CHUNK, count - from);
      float[] part = Arrays.copyOfRange(samples, start * size, (start + n) * size);
      engine.scope(
          () ->
              engine.withoutGradients(
                  () -> {
                    List<Tensor> outputs = new ArrayList<>();
                    network.forward(
                        engine.upload(part, sample.batch(n)),
                        network.parameters(),
                        PassOptions.evaluation(),
                        (layer, output) -> outputs.add(output));
                    copy(outputs.get(outputs.size() - 2), features, start * width);
                    copy(outputs.get(outputs.size() - 1), logits, start * classes);
                    return outputs.size();
                  }));
    }
    return new Outputs(Features.of(features, width), Features.of(logits, classes));
  }

  private static void copy(Tensor from, double[] to, int offset) {
    double[] values = from.toDoubles();
    System.arraycopy(values, 0, to, offset, values.length);
  }

  /** The column of the largest number in each row; the first one if several are equal. */
  public static int[] largest(Features rows) {
    int[] columns = new int[rows.rows()];
    for (int row = 0; row < columns.length; row++) {
      for (int c = 1; c < rows.columns(); c++) {
        if (rows.get(row, c) > rows.get(row, columns[row])) {
          columns[row] = c;
        }
      }
    }
    return columns;
  }
}
