package dev.sparring.train;

import dev.sparring.recipe.Optimizers;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Player.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The adversarial game: algorithm 1 of Goodfellow et al., arXiv:1406.2661, with the losses, terms,
 * optimizers and numbers of updates that the recipe names. The letters are the paper's.
 *
 * <p>Real and made samples go through the discriminator in passes of their own, so that batch
 * statistics do not mix. Made samples for the discriminator come from the generator in training
 * mode, without gradients.
 *
 * <p>Where images are made from images that they do not belong to, the game has two directions
 * (CycleGAN: Zhu et al., arXiv:1703.10593, equation 3). Each discriminator is updated for itself,
 * and both generators together, because each takes part in the other's way back.
 */
final class AdversarialLoop {
  private final List<Direction> directions;
  private final List<Player> players;
  private final Objective objective;
  private final Train train;
  private final Optimizers optimizers;
  private final Engine engine;

  /**
   * A game.
   *
   * @param directions one, or that of the recipe and the way back
   */
  AdversarialLoop(Recipe recipe, List<Direction> directions, Objective objective) {
    this.directions = directions;
    players = directions.stream().flatMap(d -> List.of(d.G(), d.D()).stream()).toList();
    this.objective = objective;
    train = recipe.train();
    optimizers = recipe.optimizer();
    engine = directions.get(0).G().network().engine();
  }

  /**
   * Plays one step.
   *
   * @param step from 1
   * @return {@code loss_d} and {@code loss_g}, the means over the step's updates, of two directions
   *     the sums of both
   * @throws DivergedException if a loss or a weight is not finite; a loss is found before the
   *     update that it would spoil
   */
  Map<String, Double> step(long step, GameInputs inputs) {
    double[] losses = new double[2];
    engine.scope(
        () -> {
          players.forEach(player -> player.begin(step));
          switch (train.order()) {
            case DISCRIMINATOR_FIRST -> {
              losses[0] = discriminatorUpdates(step, inputs);
              losses[1] = generatorUpdates(step, inputs);
            }
            case GENERATOR_FIRST -> {
              losses[1] = generatorUpdates(step, inputs);
              losses[0] = discriminatorUpdates(step, inputs);
            }
            case SIMULTANEOUS -> {
              List<Update> discriminators =
                  directions.stream().map(d -> discriminatorUpdate(d, step, inputs)).toList();
              Update generators = generatorUpdate(step, inputs);
              losses[0] = discriminators.stream().mapToDouble(Update::value).sum();
              losses[1] = generators.value();
              discriminators.forEach(update -> followDiscriminator(update, step));
              followGenerators(generators, step);
            }
          }
        });
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss_d", losses[0]);
    figures.put("loss_g", losses[1]);
    return figures;
  }

  private double discriminatorUpdates(long step, GameInputs inputs) {
    double sum = 0;
    for (int k = 0; k < train.discriminatorSteps(); k++) {
      for (Direction direction : directions) {
        Update update = discriminatorUpdate(direction, step, inputs);
        followDiscriminator(update, step);
        sum += update.value();
      }
    }
    return sum / train.discriminatorSteps();
  }

  private void followDiscriminator(Update update, long step) {
    update.follow(optimizers.discriminator().schedule().factor(step, train.steps()));
    update.players().forEach(D -> objective.constrain(D.network()));
  }

  private Update discriminatorUpdate(Direction direction, long step, GameInputs all) {
    GameInputs inputs = direction.inputsOf(all);
    Player G = direction.G();
    Player D = direction.D();
    long first = D.updates() * train.accumulate();
    Update update =
        D.update(
            train.accumulate(),
            (critic, weights, part) -> {
              long batch = first + part;
              Batch x = inputs.real(batch);
              Batch z = inputs.forDiscriminator(batch);
              Batch fake = remembered(direction, batch, made(G, z, batch));
              return objective.discriminator(critic, weights, x, fake, step, batch).value();
            });
    Sentinel.check(
        step,
        "loss_d",
        update.value(),
        players,
        () ->
            firstBadOutput(
                direction, step, first, inputs.forDiscriminator(first), inputs.real(first)));
    return update;
  }

  private Batch made(Player G, Batch z, long batch) {
    if (train.reuseNoise()) {
      G.makes(batch);
    }
    return z.made(engine.withoutGradients(() -> G.play(z)));
  }

  private static Batch remembered(Direction direction, long batch, Batch fake) {
    Pool pool = direction.pool();
    return pool == null ? fake : fake.x(pool.exchanged(fake.x(), batch));
  }

  private double generatorUpdates(long step, GameInputs inputs) {
    double sum = 0;
    for (int k = 0; k < train.generatorSteps(); k++) {
      Update update = generatorUpdate(step, inputs);
      followGenerators(update, step);
      sum += update.value();
    }
    return sum / train.generatorSteps();
  }

  private void followGenerators(Update update, long step) {
    update.follow(optimizers.generator().schedule().factor(step, train.steps()));
  }

  private Update generatorUpdate(long step, GameInputs inputs) {
    Update update =
        Player.update(
            directions.stream().map(Direction::G).toList(),
            train.accumulate(),
            (makers, weights, part) ->
                IntStream.range(0, directions.size())
                    .mapToObj(
                        i -> {
                          @Nullable Cycle ways =
                              makers.size() == 1
                                  ? null
                                  : new Cycle(makers.get(i), makers.get(1 - i));
                          return generatorObjective(
                              directions.get(i),
                              makers.get(i),
                              weights.get(i),
                              ways,
                              part,
                              step,
                              inputs);
                        })
                    .reduce(Tensor::plus)
                    .orElseThrow());
    Sentinel.check(step, "loss_g", update.value(), players, () -> firstBadOutput(step, inputs));
    return update;
  }

  private Tensor generatorObjective(
      Direction direction,
      ForwardPass maker,
      Map<String, Tensor> weights,
      @Nullable Cycle ways,
      int part,
      long step,
      GameInputs inputs) {
    long batch = direction.G().updates() * train.accumulate() + part;
    Batch z = fromNext(direction, inputs, part);
    if (train.reuseNoise()) {
      direction.G().makes(judged(direction) + part);
    }
    Batch made = z.made(maker.apply(z.x(), z.labels()));
    return objective.generator(
        direction.D()::play,
        weights,
        made,
        z,
        () -> direction.inputsOf(inputs).real(judged(direction) + part),
        ways,
        step,
        batch);
  }

  /**
   * The first of the batches that the discriminator's update beside this one of the generator
   * judges: its last one, or its next where it has not moved yet in this step.
   */
  private long judged(Direction direction) {
    long updates = direction.D().updates();
    boolean isOver = train.order() == UpdateOrder.DISCRIMINATOR_FIRST;
    return (isOver ? updates - 1 : updates) * train.accumulate();
  }

  /** What the samples of the generator's next update are made from. */
  private Batch fromNext(Direction direction, GameInputs all, int part) {
    GameInputs inputs = direction.inputsOf(all);
    return objective.reusesInputs()
        ? inputs.forDiscriminator(judged(direction) + part)
        : inputs.forGenerator(direction.G().updates() * train.accumulate() + part);
  }

  private String firstBadOutput(long step, GameInputs inputs) {
    return directions.stream()
        .map(d -> firstBadOutput(d, step, 0, fromNext(d, inputs, 0), null))
        .filter(place -> !place.isEmpty())
        .findFirst()
        .orElse("");
  }

  private String firstBadOutput(
      Direction direction, long step, long number, Batch z, @Nullable Batch x) {
    StringBuilder place = new StringBuilder();
    Batch fake = z.made(Sentinel.watch(direction.G().network(), z.x(), z.labels(), place));
    Tensor seenFake = objective.seen(fake, step, number);
    Sentinel.watch(direction.D().network(), seenFake, fake.labels(), place);
    if (x != null) {
      Tensor seenReal = objective.seen(x, step, number);
      Sentinel.watch(direction.D().network(), seenReal, x.labels(), place);
    }
    return place.toString();
  }
}
