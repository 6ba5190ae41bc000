package dev.sparring.recipe;

import dev.sparring.init.FanRule;
import dev.sparring.init.Initializer;
import dev.sparring.layer.Layer;
import dev.sparring.norm.WeightNorm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of one network; see {@link Gan}. Each setting may be given once or more
 * often, the last one counts; layers add up.
 */
public final class NetworkBuilder {
  private final List<Layer> layers = new ArrayList<>();
  private int latent;
  private Latent noise;
  private int packing;
  private int pool;
  private @Nullable Initializer init;
  private @Nullable Initializer biasInit;
  private InitByKind initByKind;
  private @Nullable FanRule fans;
  private WeightNorm norm;

  NetworkBuilder() {
    Generator defaults = Generator.generator(List.of());
    latent = defaults.latent();
    noise = defaults.noise();
    packing = Discriminator.discriminator(List.of()).packing();
    init = defaults.init();
    biasInit = defaults.biasInit();
    initByKind = defaults.initByKind();
    fans = defaults.fans();
    norm = defaults.norm();
  }

  /** How many numbers a sample is made from; for generators only. */
  public NetworkBuilder latent(int latent) {
    this.latent = latent;
    return this;
  }

  /** Where these numbers are drawn from; for generators only. */
  public NetworkBuilder noise(Latent noise) {
    this.noise = noise;
    return this;
  }

  /** How many samples are judged together; for discriminators only. */
  public NetworkBuilder packing(int packing) {
    this.packing = packing;
    return this;
  }

  /** How many made samples are remembered; for discriminators only. */
  public NetworkBuilder pool(int pool) {
    this.pool = pool;
    return this;
  }

  /** The initializer of every weight for which neither its layer nor its kind has one. */
  public NetworkBuilder init(Initializer init) {
    this.init = init;
    return this;
  }

  /** The initializer of every bias of a linear map. */
  public NetworkBuilder biasInit(Initializer biasInit) {
    this.biasInit = biasInit;
    return this;
  }

  /** Initializers for single kinds of layers. */
  public NetworkBuilder initByKind(InitByKind initByKind) {
    this.initByKind = initByKind;
    return this;
  }

  /** What the scaling initializers count as fan-in and fan-out. */
  public NetworkBuilder fans(FanRule fans) {
    this.fans = fans;
    return this;
  }

  /** The normalization of every weight whose layer has none of its own. */
  public NetworkBuilder norm(WeightNorm norm) {
    this.norm = norm;
    return this;
  }

  /** Further layers behind those that are there. */
  public NetworkBuilder layers(Layer... more) {
    layers.addAll(List.of(more));
    return this;
  }

  Generator generator() {
    return new Generator(latent, noise, init, biasInit, initByKind, fans, norm, layers);
  }

  Discriminator discriminator() {
    return new Discriminator(packing, pool, init, biasInit, initByKind, fans, norm, layers);
  }
}
