package dev.sparring.network;

import dev.sparring.random.Seed;
import dev.sparring.recipe.Latent;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes samples with a generator in evaluation mode. */
public final class Sampler {
  // In evaluation a sample does not depend on its neighbours, so the size only bounds memory.
  private static final int CHUNK = 128;

  private final Network generator;
  private final Latent noise;
  private final OptionalInt classes;

  /** Samples from a generator that knows no classes, fed with this kind of noise. */
  public Sampler(Network generator, Latent noise) {
    this(generator, noise, OptionalInt.empty());
  }

  /**
   * Samples from a generator.
   *
   * @param noise what it is fed with
   * @param classes how many it tells apart; none if it tells none
   */
  public Sampler(Network generator, Latent noise, OptionalInt classes) {
    this.generator = generator;
    this.noise = noise;
    this.classes = classes;
  }

  /** How many classes the generator tells apart; none if it tells none. */
  public OptionalInt classes() {
    return classes;
  }

  /** The shape of one sample. */
  public Shape sampleShape() {
    return generator.plan().output();
  }

  /**
   * Makes samples, of classes 0, 1, 2 and so on in turn where there are classes. The i-th sample of
   * a seed is the same whatever the count.
   *
   * @param count how many
   * @param seed draws the noise
   * @return (count, ...) in row-major order; images in [-1, 1] where the generator ends in tanh
   */
  public float[] sample(int count, long seed) {
    return decode(noise(count, seed), count, i -> i % classes.orElse(1));
  }

  /**
   * Makes samples of one class, from the noise of {@link #sample}.
   *
   * @param label the class, from 0
   * @throws IllegalArgumentException if the generator knows no such class
   */
  public float[] sampleOf(int label, int count, long seed) {
    if (label < 0 || label >= classes.orElse(0)) {
      throw new IllegalArgumentException(
          classes.isPresent()
              ? "class must be between 0 and " + (classes.getAsInt() - 1) + ", got " + label
              : "class " + label + " was asked of a generator that knows no classes");
    }
    return decode(noise(count, seed), count, i -> label);
  }

  private float[] noise(int count, long seed) {
    int latent = generator.plan().input().dim(0);
    Seed source = new Seed(seed);
    float[] z = new float[count * latent];
    for (int i = 0; i < count; i++) {
      float[] one = noise.draw(source.stream("sample", i), latent);
      System.arraycopy(one, 0, z, i * latent, latent);
    }
    return z;
  }

  /**
   * The samples that given noise leads to, of classes 0, 1, 2 and so on in turn where there are
   * classes.
   *
   * @param z (count, latent) in row-major order
   */
  public float[] decode(float[] z, int count) {
    return decode(z, count, i -> i % classes.orElse(1));
  }

  private float[] decode(float[] z, int count, IntUnaryOperator label) {
    Engine engine = generator.engine();
    int latent = generator.plan().input().dim(0);
    int size = sampleShape().elements();
    float[] samples = new float[count * size];
    for (int from = 0; from < count; from += CHUNK) {
      int start = from;
      int n = Math.min(CHUNK, count - from);
      float[] part = new float[n * latent];
      System.arraycopy(z, start * latent, part, 0, part.length);
      engine.scope(
          () -> {
            Tensor x = engine.upload(part, Shape.of(n, latent));
            Call call = Call.evaluation().labels(labels(n, i -> label.applyAsInt(start + i)));
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
