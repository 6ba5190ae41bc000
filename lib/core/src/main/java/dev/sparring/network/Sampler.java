package dev.sparring.network;

import dev.sparring.random.Seed;
import dev.sparring.recipe.Latent;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;

/** Makes samples with a generator in evaluation mode. */
public final class Sampler {
  // In evaluation a sample does not depend on its neighbours, so the size only bounds memory.
  private static final int CHUNK = 128;

  private final Network generator;
  private final Latent noise;

  /** Samples from a generator, fed with this kind of noise. */
  public Sampler(Network generator, Latent noise) {
    this.generator = generator;
    this.noise = noise;
  }

  /** The shape of one sample. */
  public Shape sampleShape() {
    return generator.plan().output();
  }

  /**
   * Makes samples. The i-th sample of a seed is the same whatever the count.
   *
   * @param count how many
   * @param seed draws the noise
   * @return (count, ...) in row-major order; images in [-1, 1] where the generator ends in tanh
   */
  public float[] sample(int count, long seed) {
    int latent = generator.plan().input().dim(0);
    Seed source = new Seed(seed);
    float[] z = new float[count * latent];
    for (int i = 0; i < count; i++) {
      float[] one = noise.draw(source.stream("sample", i), latent);
      System.arraycopy(one, 0, z, i * latent, latent);
    }
    return decode(z, count);
  }

  /**
   * The samples that given noise leads to.
   *
   * @param z (count, latent) in row-major order
   */
  public float[] decode(float[] z, int count) {
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
            Tensor y = engine.withoutGradients(() -> generator.forward(x, Call.evaluation()));
            System.arraycopy(y.toFloats(), 0, samples, start * size, n * size);
          });
    }
    return samples;
  }
}
