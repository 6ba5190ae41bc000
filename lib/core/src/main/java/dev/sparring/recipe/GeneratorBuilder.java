package dev.sparring.recipe;

import java.util.List;

/** Collects the settings of a generator; see {@link Gan}. */
public final class GeneratorBuilder extends NetworkBuilder<GeneratorBuilder> {
  private int latent;
  private Latent noise;

  GeneratorBuilder() {
    this(Generator.generator(List.of()));
  }

  private GeneratorBuilder(Generator defaults) {
    super(defaults);
    latent = defaults.latent();
    noise = defaults.noise();
  }

  /** Number of noise values from which a sample is generated. */
  public GeneratorBuilder latent(int latent) {
    this.latent = latent;
    return this;
  }

  /** The distribution of the noise. */
  public GeneratorBuilder noise(Latent noise) {
    this.noise = noise;
    return this;
  }

  @Override
  GeneratorBuilder self() {
    return this;
  }

  Generator build() {
    return new Generator(latent, noise, init, biasInit, initByKind, fans, norm, layers);
  }
}
