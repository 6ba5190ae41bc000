package dev.sparring.train;

import dev.sparring.optim.Optimizer;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Optimizers;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Player.Learner;
import dev.sparring.train.Player.Update;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The adversarial game: algorithm 1 of Goodfellow et al., arXiv:1406.2661, with the losses, terms,
 * optimizers and numbers of updates of the recipe. The letters are the paper's.
 *
 * <p>Real and generated samples go through the discriminator in separate passes, so that batch
 * statistics do not mix. Generated samples for the discriminator come from the generator in
 * training mode, without gradients.
 *
 * <p>With unpaired data the game has two directions (CycleGAN: Zhu et al., arXiv:1703.10593,
 * equation 3). Each discriminator is updated on its own, and both generators together, because each
 * takes part in the other's cycle.
 */
@SuppressWarnings({"LocalVariableName", "ParameterName"}) // the letters of the papers
final class AdversarialLoop {
  private final GamePlan plan;
  private final List<Direction> directions;
  private final List<Player> players;
  private final Objective objective;
  private final Train train;
  private final Optimizers optimizers;
  private final Engine engine;
  private final double rateFactor;
  private final Parts parts;

  /**
   * The game of a recipe.
   *
   * @param rateFactor factor on all learning rates, 1 unless a retry has lowered them
   * @param parts the batches of updates that this process computes
   */
  AdversarialLoop(
      GamePlan plan,
      List<Direction> directions,
      Objective objective,
      double rateFactor,
      Parts parts) {
    this.plan = plan;
    this.parts = parts;
    this.rateFactor = rateFactor;
    this.directions = directions;
    this.objective = objective;
    players = directions.stream().flatMap(d -> Stream.of(d.G, d.D)).toList();
    train = plan.recipe().train();
    optimizers = plan.recipe().optimizer();
    engine = directions.get(0).generator().engine();
  }

  /** A direction and its inputs in the current step. */
  private record Turn(Direction direction, NextStep next) {}

  /**
   * Plays one step.
   *
   * @param step from 1
   * @return {@code loss_d} and {@code loss_g}, the means over the step's updates, summed over
   *     directions
   * @throws DivergedException if a loss or a weight is not finite; a loss is checked before its
   *     update
   */
  Map<String, Double> step(long step, GameInputs inputs) {
    try {
      return played(step, inputs);
    } catch (EngineException e) {
      throw e.during("step " + step);
    }
  }

  private Map<String, Double> played(long step, GameInputs inputs) {
    double[] losses = new double[2];
    engine.scope(
        () -> {
          players.forEach(player -> player.begin(step));
          List<Turn> turns = turns(step, inputs);
          switch (train.order()) {
            case DISCRIMINATOR_FIRST -> {
              losses[0] = discriminatorUpdates(turns, step);
              losses[1] = generatorUpdates(turns, step);
            }
            case GENERATOR_FIRST -> {
              losses[1] = generatorUpdates(turns, step);
              losses[0] = discriminatorUpdates(turns, step);
            }
            case SIMULTANEOUS -> {
              List<Update> discriminators =
                  turns.stream().map(turn -> discriminatorUpdate(turn, 0)).toList();
              Update generators = generatorUpdate(turns, 0);
              losses[0] = discriminators.stream().mapToDouble(Update::value).sum();
              losses[1] = generators.value();
              discriminators.forEach(update -> followDiscriminator(update, step));
              follow(generators, optimizers.generator(), step);
            }
          }
        });
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss_d", losses[0]);
    figures.put("loss_g", losses[1]);
    return figures;
  }

  private List<Turn> turns(long step, GameInputs inputs) {
    return directions.stream().map(d -> new Turn(d, d.next(plan, inputs, step))).toList();
  }

  /**
   * Plays one batch of an update, and says how many training passes each player has made for it.
   *
   * @param updates that each player has had before the step
   */
  long[] passes(Move move, List<Long> updates, GameInputs inputs) {
    for (int i = 0; i < players.size(); i++) {
      players.get(i).updates(updates.get(i));
      players.get(i).begin(move.step());
    }
    engine.scope(
        () -> {
          List<Turn> turns = turns(move.step(), inputs);
          Integer direction = move.direction();
          if (direction == null) {
            List<Learner> learners = directions.stream().map(d -> d.G.new Learner()).toList();
            generatorAim(turns, move.number()).value(learners, 0);
          } else {
            Turn turn = turns.get(direction);
            List<Learner> learners = List.of(turn.direction().D.new Learner());
            discriminatorAim(turn, move.number()).value(learners, 0);
          }
        });
    return players.stream().mapToLong(Player::passes).toArray();
  }

  private double discriminatorUpdates(List<Turn> turns, long step) {
    double sum = 0;
    for (int k = 0; k < train.discriminatorSteps(); k++) {
      int update = k;
      for (Turn turn : turns) {
        sum += freed(() -> discriminatorUpdate(turn, update), u -> followDiscriminator(u, step));
      }
    }
    return sum / train.discriminatorSteps();
  }

  private double generatorUpdates(List<Turn> turns, long step) {
    double sum = 0;
    for (int k = 0; k < train.generatorSteps(); k++) {
      int update = k;
      sum +=
          freed(() -> generatorUpdate(turns, update), u -> follow(u, optimizers.generator(), step));
    }
    return sum / train.generatorSteps();
  }

  /**
   * Computes an update and applies it. Nothing of it stays in memory, so that a step's memory does
   * not grow with the number of its updates.
   */
  private double freed(Supplier<Update> computed, Consumer<Update> applied) {
    double[] value = new double[1];
    engine.scope(
        () -> {
          Update update = computed.get();
          applied.accept(update);
          value[0] = update.value();
        });
    return value[0];
  }

  private Update discriminatorUpdate(Turn turn, int k) {
    Move move = new Move(turn.next().step(), directions.indexOf(turn.direction()), k);
    Update update =
        Player.update(List.of(turn.direction().D), parts, move, discriminatorAim(turn, k));
    Sentinel.check(
        turn.next().step(),
        "loss_d",
        update.value(),
        players,
        () -> {
          NextUpdate next = turn.next().discriminator(k, 0);
          return firstBadOutput(turn.direction(), next, next.real().get());
        });
    return update;
  }

  private Player.Aim discriminatorAim(Turn turn, int k) {
    Player G = turn.direction().G;
    return (learners, part) -> {
      Learner D = learners.get(0);
      NextUpdate next = turn.next().discriminator(k, part);
      Batch x = next.real().get();
      Batch fake = turn.direction().remembered(G.generated(next), next);
      Objective.Verdict verdict = objective.discriminator(next, D, D.weights(), x, fake);
      turn.direction().D.states().add(verdict.measured());
      return verdict.value();
    };
  }

  private Update generatorUpdate(List<Turn> turns, int k) {
    Update update =
        Player.update(
            directions.stream().map(d -> d.G).toList(),
            parts,
            new Move(turns.get(0).next().step(), null, k),
            generatorAim(turns, k));
    Sentinel.check(
        turns.get(0).next().step(),
        "loss_g",
        update.value(),
        players,
        () ->
            turns.stream()
                .map(turn -> firstBadOutput(turn.direction(), turn.next().generator(k, 0), null))
                .filter(place -> !place.isEmpty())
                .findFirst()
                .orElse(""));
    return update;
  }

  private Player.Aim generatorAim(List<Turn> turns, int k) {
    return (G, part) ->
        IntStream.range(0, turns.size())
            .mapToObj(i -> generatorObjective(turns.get(i), k, part, G, i))
            .reduce(Tensor::plus)
            .orElseThrow();
  }

  private Tensor generatorObjective(Turn turn, int k, int part, List<Learner> all, int index) {
    Learner G = all.get(index);
    NextUpdate next = turn.next().generator(k, part);
    Batch fake = G.generated(next);
    return objective.generator(
        next, turn.direction().D::play, G.weights(), fake, Cycle.of(all, index));
  }

  private void followDiscriminator(Update update, long step) {
    follow(update, optimizers.discriminator(), step);
    update
        .players()
        .forEach(
            D -> {
              objective.constrain(D.network(), step);
              objective.follow(D.states(), D.updates() - 1, step);
            });
  }

  private void follow(Update update, Optimizer optimizer, long step) {
    update.follow(rateFactor * optimizer.schedule().factor(step, train.steps()));
  }

  private String firstBadOutput(Direction direction, NextUpdate next, @Nullable Batch x) {
    StringBuilder place = new StringBuilder();
    Batch z = next.from();
    Batch fake = z.made(Sentinel.watch(direction.generator(), z.x(), z.labels(), place));
    for (Batch samples : x == null ? List.of(fake) : List.of(fake, x)) {
      Tensor seen = objective.seen(samples, next);
      Sentinel.watch(direction.discriminator(), seen, samples.labels(), place);
    }
    return place.toString();
  }
}
