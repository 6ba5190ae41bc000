package dev.sparring.network;

import dev.sparring.data.DataSet;
import dev.sparring.layer.BatchNorm;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Generates samples with a generator in evaluation mode: from noise, or from the source images of a
 * data set.
 */
public final class Sampler {
  // If samples do not depend on each other, the size only bounds memory: 128 samples of 64 x 64
  // pixels in three colours, fewer of larger ones.
  private static final int CHUNK = 128;
  private static final int NUMBERS = CHUNK * 3 * 64 * 64;

  private final Network generator;
  private final Latent noise;
  private final @Nullable DataSet images;
  private final @Nullable Truncation truncation;
  private final OptionalInt classes;

  /** Whether a sample depends on the others of its batch. */
  private final boolean depends;

  /** The number of samples that are generated together. */
  private final int chunk;

  /** Samples from a generator with this distribution of noise. */
  public Sampler(Network generator, Latent noise) {
    this(generator, noise, null, null, CHUNK);
  }

  private Sampler(
      Network generator,
      Latent noise,
      @Nullable DataSet images,
      @Nullable Truncation truncation,
      int batch) {
    this.generator = generator;
    this.noise = noise;
    this.images = images;
    this.truncation = truncation;
    classes = generator.plan().classes();
    depends =
        generator.plan().everyLayer().stream()
            .anyMatch(l -> l.layer() instanceof BatchNorm b && b.alwaysBatch());
    int fitting = Math.max(1, NUMBERS / generator.plan().output().elements());
    chunk = depends ? batch : Math.min(CHUNK, fitting);
  }

  /**
   * Samples from a recipe's generator with noise as its input. If samples depend on each other, as
   * with {@code alwaysBatch}, they are generated in batches of the training's size.
   */
  public static Sampler of(Network generator, Recipe recipe) {
    return of(generator, recipe, Optional.empty());
  }

  /**
   * The same for any generator of a recipe.
   *
   * @param data the data whose sources are the generator's input; not used for noise
   */
  public static Sampler of(Network generator, Recipe recipe, DataSet data) {
    return of(generator, recipe, Optional.of(data).filter(d -> d.sources().isPresent()));
  }

  private static Sampler of(Network generator, Recipe recipe, Optional<DataSet> images) {
    return new Sampler(
        generator,
        recipe.generator().noise(),
        images.orElse(null),
        null,
        recipe.train().generatorBatchOrDefault());
  }

  /** The same from the sources of other data, where images are generated from images. */
  public Sampler from(DataSet data) {
    return images == null ? this : new Sampler(generator, noise, data, null, chunk);
  }

  /**
   * The same from truncated noise.
   *
   * @throws IllegalArgumentException if samples are generated from images, or the noise is of a
   *     distribution that this kind does not truncate
   */
  public Sampler truncated(Truncation truncation) {
    requireNoise("truncation");
    truncation.requireFor(noise);
    return new Sampler(generator, noise, null, truncation, chunk);
  }

  /** The engine that computes the samples. */
  public Engine engine() {
    return generator.engine();
  }

  /** The number of the generator's classes; empty if it is not conditional. */
  public OptionalInt classes() {
    return classes;
  }

  /** Whether a sample depends on the others of its batch, as with {@code alwaysBatch}. */
  public boolean dependsOnBatch() {
    return depends;
  }

  /** The shape of one sample. */
  public Shape sampleShape() {
    return generator.plan().output();
  }

  /** The shape of the generator's input for one sample: (latent) for noise. */
  public Shape inputShape() {
    return generator.plan().input();
  }

  /** Whether samples are generated from images, which {@link #sources} returns. */
  public boolean isFromImages() {
    return images != null;
  }

  /** Whether each source has a target, which {@link #targets} returns. */
  public boolean isPaired() {
    // Unpaired data may have different numbers of sources and samples.
    return images != null && images.isPaired();
  }

  /**
   * Generates samples, with classes 0, 1, 2 and so on in turn if the generator is conditional, or
   * with the classes of their sources. The i-th sample of a seed does not depend on the count.
   *
   * @param count number of samples
   * @param seed seed of the noise, or of the choice of sources
   * @return (count, ...) in row-major order; images in [-1, 1] where the generator ends in tanh
   */
  public float[] sample(int count, long seed) {
    DataSet from = images;
    return made(
        count,
        seed,
        i -> from == null ? i % classes.orElse(1) : from.label(chosen(from, i, seed)).orElse(0));
  }

  /**
   * Generates samples of one class, from the noise of {@link #sample}.
   *
   * @param label the class, from 0
   * @throws IllegalArgumentException if the generator knows no such class
   */
  public float[] sampleOf(int label, int count, long seed) {
    requireClass(label);
    return made(count, seed, i -> label);
  }

  private void requireClass(int label) {
    if (label < 0 || label >= classes.orElse(0)) {
      throw new IllegalArgumentException(
          classes.isPresent()
              ? "class must be between 0 and " + (classes.getAsInt() - 1) + ", got " + label
              : "class " + label + " was asked of a generator that knows no classes");
    }
  }

  /**
   * The noise of {@link #sample}, truncated if this sampler truncates.
   *
   * @return (count, latent) in row-major order, for {@link #decode}
   * @throws IllegalArgumentException if samples are generated from images
   */
  public float[] noise(int count, long seed) {
    requireNoise("noise");
    return inputs(count, seed);
  }

  /**
   * The noise of one sample of {@link #sample}, truncated if this sampler truncates.
   *
   * @param index which, from 0
   * @return (latent), for {@link #decode}
   * @throws IllegalArgumentException if samples are generated from images
   */
  public float[] noiseOf(int index, long seed) {
    requireNoise("noise");
    return noise(index, new Seed(seed));
  }

  /**
   * Generates samples on a closed path through the noise of {@link #sample}: row i goes from sample
   * i to the next, the last row back to sample 0, with both ends. They have all the same class,
   * since only the noise changes.
   *
   * @param count number of noise vectors, and of rows; 2 or more
   * @param steps number of samples in a row; 2 or more
   * @param label the class, from 0, of a conditional generator; else empty
   * @return (count, steps, ...) in row-major order
   * @throws IllegalArgumentException if samples are generated from images or depend on each other,
   *     the noise is of a distribution that is not interpolated so, or the label is missing or is
   *     no class of the generator
   */
  public float[] interpolate(
      Interpolation interpolation, int count, int steps, OptionalInt label, long seed) {
    requirePath(interpolation, label);
    float[] z = interpolation.rows(noise(count, seed), count, steps);
    return decode(z, count * steps, seed, i -> label.orElse(0));
  }

  /**
   * Generates samples on an open path through given noise: row i goes from vector i to the next,
   * with both ends. They have all the same class, since only the noise changes. Layers that need
   * random numbers in evaluation use those of seed 0.
   *
   * @param z (count, latent) in row-major order, such as {@link #noiseOf}; two vectors or more
   * @param steps number of samples in a row; 2 or more
   * @param label the class, from 0, of a conditional generator; else empty
   * @return (count - 1, steps, ...) in row-major order
   * @throws IllegalArgumentException as {@link #interpolate}
   */
  public float[] walk(
      Interpolation interpolation, float[] z, int count, int steps, OptionalInt label) {
    requirePath(interpolation, label);
    float[] all = interpolation.walk(z, count, steps);
    return decode(all, (count - 1) * steps, 0, i -> label.orElse(0));
  }

  private void requirePath(Interpolation interpolation, OptionalInt label) {
    requireNoise("interpolation");
    interpolation.requireFor(noise, inputShape().elements());
    if (depends) {
      throw new IllegalArgumentException(
          "interpolation needs samples that do not depend on each other, and this generator has"
              + " batchNorm with alwaysBatch");
    }
    if (label.isPresent()) {
      requireClass(label.getAsInt());
    } else if (classes.isPresent()) {
      throw new IllegalArgumentException(
          "interpolation needs a class: the generator is conditional, with classes 0 to "
              + (classes.getAsInt() - 1));
    }
  }

  private void requireNoise(String use) {
    if (images != null) {
      throw new IllegalArgumentException(
          use + " needs noise, and this generator's input is images");
    }
  }

  private float[] made(int count, long seed, IntUnaryOperator label) {
    // The last chunk is filled up, as if more samples had been requested.
    int whole = depends ? Math.multiplyExact((count + chunk - 1) / chunk, chunk) : count;
    float[] samples = decode(inputs(whole, seed), whole, seed, label);
    return Arrays.copyOf(samples, count * sampleShape().elements());
  }

  /**
   * The source images of {@link #sample}.
   *
   * @return (count, ...) in row-major order
   * @throws IllegalStateException if samples are generated from noise
   */
  public float[] sources(int count, long seed) {
    if (images == null) {
      throw new IllegalStateException("samples are made from noise");
    }
    return inputs(count, seed);
  }

  /**
   * The targets of {@link #sample}: the samples of the data that belong to its sources.
   *
   * @return (count, ...) in row-major order
   * @throws IllegalStateException if samples are generated from noise
   */
  public float[] targets(int count, long seed) {
    DataSet data = images;
    if (data == null) {
      throw new IllegalStateException("samples are made from noise");
    }
    int size = data.sampleShape().elements();
    float[] targets = new float[Math.multiplyExact(count, size)];
    for (int i = 0; i < count; i++) {
      data.read(chosen(data, i, seed), targets, i * size);
    }
    return targets;
  }

  private float[] inputs(int count, long seed) {
    int size = inputShape().elements();
    float[] inputs = new float[Math.multiplyExact(count, size)];
    Seed from = new Seed(seed);
    for (int i = 0; i < count; i++) {
      if (images == null) {
        System.arraycopy(noise(i, from), 0, inputs, i * size, size);
      } else {
        DataSet sources = images.sources().orElseThrow();
        sources.read(chosen(sources, i, seed), inputs, i * size);
      }
    }
    return inputs;
  }

  private float[] noise(int index, Seed from) {
    int size = inputShape().elements();
    return truncation == null
        ? noise.draw(from.stream("sample", index), size)
        : truncation.draw(noise, from, index, size);
  }

  private static int chosen(DataSet data, int index, long seed) {
    return new Seed(seed).stream("sample", index).below(data.size());
  }

  /**
   * Generates samples from given noise, with classes 0, 1, 2 and so on in turn if the generator is
   * conditional. Layers that need random numbers in evaluation use those of seed 0. If samples
   * depend on each other, the last batch is smaller.
   *
   * @param z (count, latent) in row-major order
   */
  public float[] decode(float[] z, int count) {
    return decode(z, count, 0, i -> i % classes.orElse(1));
  }

  /**
   * The same with samples of one class.
   *
   * @param label the class, from 0
   * @throws IllegalArgumentException if the generator knows no such class
   */
  public float[] decodeOf(int label, float[] z, int count) {
    requireClass(label);
    return decode(z, count, 0, i -> label);
  }

  private float[] decode(float[] inputs, int count, long seed, IntUnaryOperator label) {
    Engine engine = generator.engine();
    int inputSize = inputShape().elements();
    int size = sampleShape().elements();
    float[] samples = new float[Math.multiplyExact(count, size)];
    for (int from = 0; from < count; from += chunk) {
      int start = from;
      int n = Math.min(chunk, count - from);
      float[] part = new float[n * inputSize];
      System.arraycopy(inputs, start * inputSize, part, 0, part.length);
      engine.scope(
          () -> {
            Tensor x = engine.upload(part, inputShape().batch(n));
            PassOptions call =
                PassOptions.evaluation(new Seed(seed), start / chunk)
                    .labels(labels(n, i -> label.applyAsInt(start + i)));
            Tensor y = engine.withoutGradients(() -> generator.forward(x, call));
            System.arraycopy(y.toFloats(), 0, samples, start * size, n * size);
          });
    }
    return samples;
  }

  private @Nullable Tensor labels(int count, IntUnaryOperator label) {
    return classes.isEmpty()
        ? null
        : Labels.oneHot(generator.engine(), classes.getAsInt(), count, label);
  }
}
