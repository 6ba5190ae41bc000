package dev.sparring.recipe;

import dev.sparring.init.FanRule;
import dev.sparring.init.Initializer;
import dev.sparring.layer.Layer;
import dev.sparring.norm.WeightNorm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings that both networks have; see {@link Gan}. If a setting is given more than
 * once, the last one counts; layers are appended.
 *
 * @param <B> the builder itself, so that settings of all networks and of one kind can be chained
 */
public abstract sealed class NetworkBuilder<B extends NetworkBuilder<B>>
    permits GeneratorBuilder, DiscriminatorBuilder {
  final List<Layer> layers = new ArrayList<>();
  @Nullable Initializer init;
  @Nullable Initializer biasInit;
  InitByKind initByKind;
  @Nullable FanRule fans;
  WeightNorm norm;

  NetworkBuilder(NetworkSpec defaults) {
    init = defaults.init();
    biasInit = defaults.biasInit();
    initByKind = defaults.initByKind();
    fans = defaults.fans();
    norm = defaults.norm();
  }

  abstract B self();

  /** The initializer of every weight for which neither its layer nor its kind has one. */
  public final B init(Initializer init) {
    this.init = init;
    return self();
  }

  /** The initializer of every bias of a linear map. */
  public final B biasInit(Initializer biasInit) {
    this.biasInit = biasInit;
    return self();
  }

  /** Initializers for single kinds of layers. */
  public final B initByKind(InitByKind initByKind) {
    this.initByKind = initByKind;
    return self();
  }

  /** How the scaling initializers count fan-in and fan-out. */
  public final B fans(FanRule fans) {
    this.fans = fans;
    return self();
  }

  /** The normalization of every weight whose layer has none of its own. */
  public final B norm(WeightNorm norm) {
    this.norm = norm;
    return self();
  }

  /** Appends layers. */
  public final B layers(Layer... more) {
    layers.addAll(List.of(more));
    return self();
  }
}
