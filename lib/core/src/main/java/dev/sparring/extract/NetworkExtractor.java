package dev.sparring.extract;

import dev.sparring.metric.Features;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Features by a network from a file. An output (N, d) is used as it is; an output (N, d, h, w) is
 * averaged over h and w, like the Inception network's last pooling. Other shapes are errors.
 *
 * <p>Samples pass in batches, preprocessed just before, so that memory does not grow with their
 * number. If the network accepts batches of one size only, the last one is filled up with zeros.
 */
public final class NetworkExtractor implements Extractor {
  /** Larger batches are hardly faster. */
  private static final int MOST = 64;

  /** Numbers of a batch, 32 MB: some 30 images of 3 x 299 x 299. */
  private static final int NUMBERS = 8 << 20;

  private final ExtractorFile file;
  private final FeatureModel model;

  /** An extractor of the network that the file holds; closing it closes the network. */
  public NetworkExtractor(ExtractorFile file, FeatureModel model) {
    this.file = file;
    this.model = model;
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public String id() {
    String output = file.output().map(name -> ":" + name).orElse("");
    return model.kind() + ":" + file.sha256() + output + ":" + file.preprocessing().description();
  }

  @Override
  public String conditions() {
    return file.fileName()
        + " (SHA-256 "
        + file.sha256()
        + "), "
        + model.description()
        + "; preprocessing "
        + file.preprocessing().description();
  }

  /** Runs the network on a black sample too, because not every file declares its input. */
  @Override
  public void check(Shape sample) {
    Shape input = inputOf(sample);
    int batch = batch(input);
    int rows = model.input().batch() == 0 ? 1 : batch;
    try {
      rows(new float[rows * input.elements()], input.batch(rows));
    } catch (ExtractorException e) {
      throw new IllegalArgumentException(e.getMessage() + "; " + given(input), e);
    }
  }

  @Override
  public Features features(float[] samples, Shape sample) {
    Shape input = inputOf(sample);
    int size = sample.elements();
    if (samples.length == 0 || samples.length % size != 0) {
      throw new IllegalArgumentException(
          samples.length + " numbers are no samples of shape " + sample);
    }
    int count = samples.length / size;
    int batch = batch(input);
    boolean fixed = model.input().batch() != 0;
    float[] features = new float[0];
    int columns = 0;
    for (int from = 0; from < count; from += batch) {
      int n = Math.min(batch, count - from);
      float[] images = file.preprocessing().apply(samples, from, n, sample);
      int rows = fixed ? batch : n;
      FeatureModel.Output made =
          rows(Arrays.copyOf(images, rows * input.elements()), input.batch(rows));
      if (from == 0) {
        columns = made.shape().dim(1);
        features = new float[Math.multiplyExact(count, columns)];
      } else if (made.shape().dim(1) != columns) {
        throw new ExtractorException(
            file.path()
                + ": gives "
                + made.shape().dim(1)
                + " features, after "
                + columns
                + " of the samples before");
      }
      System.arraycopy(made.values(), 0, features, from * columns, n * columns);
    }
    return Features.of(features, columns);
  }

  private int batch(Shape input) {
    int fixed = model.input().batch();
    return fixed != 0 ? fixed : Math.max(1, Math.min(MOST, NUMBERS / input.elements()));
  }

  /** The shape of a preprocessed sample, which the network accepts. */
  private Shape inputOf(Shape sample) {
    Shape input = file.preprocessing().output(sample);
    if (!model.input().takes(input)) {
      throw new IllegalArgumentException(
          file.path() + ": takes " + model.input() + "; " + given(input) + "; " + advice(sample));
    }
    return input;
  }

  private String given(Shape input) {
    return "samples after preprocessing '"
        + file.preprocessing().name()
        + "' are (N, "
        + input.toString().substring(1);
  }

  private String advice(Shape sample) {
    FeatureModel.Input wanted = model.input();
    List<String> fitting = new ArrayList<>();
    for (Preprocessing preset : Preprocessing.presets()) {
      boolean square = wanted.height() != 0 && wanted.height() == wanted.width();
      Stream<Preprocessing> ways =
          square && preset.size().isEmpty()
              ? Stream.of(preset, preset.resized(wanted.height()))
              : Stream.of(preset);
      ways.filter(way -> fits(way, sample)).findFirst().ifPresent(way -> fitting.add(way.name()));
    }
    return fitting.isEmpty()
        ? "no preprocessing makes them so"
        : "these would fit: " + String.join(", ", fitting);
  }

  private boolean fits(Preprocessing way, Shape sample) {
    try {
      return model.input().takes(way.output(sample));
    } catch (IllegalArgumentException e) {
      return false; // numbers of channels that it cannot produce
    }
  }

  /** Runs the network on a batch and turns its output into (N, d). */
  private FeatureModel.Output rows(float[] images, Shape shape) {
    FeatureModel.Output output = model.run(images, shape);
    Shape given = output.shape();
    int rank = given.rank();
    if ((rank != 2 && rank != 4) || given.dim(0) != shape.dim(0)) {
      throw new ExtractorException(
          file.path()
              + ": gives "
              + given
              + " for "
              + shape.dim(0)
              + " samples; features are (N, d) or (N, d, h, w)");
    }
    return rank == 2 ? output : averaged(output);
  }

  private static FeatureModel.Output averaged(FeatureModel.Output output) {
    Shape shape = output.shape();
    int plane = shape.dim(2) * shape.dim(3);
    float[] values = output.values();
    float[] means = new float[values.length / plane];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      for (int p = 0; p < plane; p++) {
        sum += values[i * plane + p];
      }
      means[i] = (float) (sum / plane);
    }
    return FeatureModel.output(Shape.of(shape.dim(0), shape.dim(1)), means);
  }

  @Override
  public void close() {
    model.close();
  }
}
