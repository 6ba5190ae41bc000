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

  /** How many numbers a sample is generated from. */
  public GeneratorBuilder latent(int latent) {
    this.latent = latent;
    return this;
  }

  /** Where these numbers are drawn from. */
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
