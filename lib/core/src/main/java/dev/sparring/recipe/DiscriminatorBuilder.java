package dev.sparring.recipe;

import dev.sparring.loss.DiscriminatorOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a discriminator; see {@link Gan}. */
public final class DiscriminatorBuilder extends NetworkBuilder<DiscriminatorBuilder> {
  private int packing;
  private int pool;
  private @Nullable DiscriminatorOutput output;

  DiscriminatorBuilder() {
    this(Discriminator.discriminator(List.of()));
  }

  private DiscriminatorBuilder(Discriminator defaults) {
    super(defaults);
    packing = defaults.packing();
    pool = defaults.pool();
    output = defaults.output();
  }

  /** Number of samples that are scored together as one input. */
  public DiscriminatorBuilder packing(int packing) {
    this.packing = packing;
    return this;
  }

  /** Size of the history of generated samples. */
  public DiscriminatorBuilder pool(int pool) {
    this.pool = pool;
    return this;
  }

  /** What is made of its scores. */
  public DiscriminatorBuilder output(DiscriminatorOutput output) {
    this.output = output;
    return this;
  }

  @Override
  DiscriminatorBuilder self() {
    return this;
  }

  Discriminator build() {
    return new Discriminator(packing, pool, output, init, biasInit, initByKind, fans, norm, layers);
  }
}
