package dev.sparring.recipe;

import dev.sparring.random.RandomStream;

/** The distribution of the generator's noise. */
public enum Latent {
  /** N(0, 1), each element. */
  NORMAL {
    @Override
    public float[] draw(RandomStream random, int count) {
      return random.gaussians(count);
    }
  },
  /** Uniform on [-1, 1), each element, as in DCGAN. */
  UNIFORM {
    @Override
    public float[] draw(RandomStream random, int count) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) random.uniform(-1, 1);
      }
      return values;
    }
  };

  /** Draws {@code count} numbers. */
  public abstract float[] draw(RandomStream random, int count);
}
