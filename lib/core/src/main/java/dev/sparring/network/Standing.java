package dev.sparring.network;

import dev.sparring.layer.State;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Standing statistics of a generator from noise: running statistics that its present weights have
 * gathered themselves, see {@link dev.sparring.recipe.GeneratorStatistics#STANDING}.
 */
public final class Standing {
  /** As in BigGAN's code, where it is the default. */
  private static final int BATCHES = 16;

  private final Network source;
  private final Network network;
  private final Latent noise;
  private final int batch;
  private final Seed seed;

  private Standing(Network source, Latent noise, int batch, Seed seed) {
    this.source = source;
    this.noise = noise;
    this.batch = batch;
    this.seed = seed;
    network = source.withBuffers(source.buffers().map((path, t) -> t.plus(0)));
  }

  /**
   * For a generator of a recipe.
   *
   * @param source whose weights gather statistics; nothing of it is changed
   */
  public static Standing of(Network source, Recipe recipe) {
    return new Standing(
        source,
        recipe.generator().noise(),
        recipe.train().generatorBatchOrDefault(),
        recipe.train().runSeeds().noise());
  }

  /**
   * Gathers the statistics of the weights as they are now.
   *
   * @return the generator with these statistics, which the next call changes in place
   */
  public Network gathered() {
    if (!network.buffers().isEmpty()) {
      network.engine().scope(this::gather);
    }
    return network;
  }

  private void gather() {
    // Training passes change states of norms too.
    Network passing = source.snapshot();
    reset(passing);
    for (int i = 0; i < BATCHES; i++) {
      long number = i;
      passing.engine().scope(() -> pass(passing, number));
    }
    network.buffers().zip(passing.buffers(), Tensor::assign);
  }

  private static void reset(Network network) {
    NetworkPlan plan = network.plan();
    for (PlannedLayer layer : plan.everyLayer()) {
      for (State s : layer.states()) {
        Tensor state = network.buffers().tensor(layer.path() + "." + s.name());
        state.assign(network.engine().full(s.initial(), s.shape()));
      }
    }
  }

  private void pass(Network passing, long number) {
    Engine engine = passing.engine();
    int latent = passing.plan().input().elements();
    float[] z = noise.draw(seed.stream("standing noise", number), batch * latent);
    Tensor x = engine.upload(z, Shape.of(batch, latent));
    PassOptions options = PassOptions.gathering(seed, number).labels(labels(passing, number));
    engine.withoutGradients(() -> passing.forward(x, options));
  }

  private @Nullable Tensor labels(Network passing, long number) {
    if (passing.plan().classes().isEmpty()) {
      return null;
    }
    int classes = passing.plan().classes().getAsInt();
    RandomStream random = seed.stream("standing labels", number);
    return Labels.oneHot(passing.engine(), classes, batch, i -> random.below(classes));
  }
}
