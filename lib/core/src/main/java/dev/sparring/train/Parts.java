package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Group;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The batches of an update, and which of them this process computes: process r of N has those of
 * the numbers r, r + N, r + 2N and so on. What they give is summed over the processes, so that
 * together they do what one process does alone.
 *
 * <p>Whatever a training pass changes beside gradients is made up for: random numbers are those of
 * the pass's number among all, states of normalizations move in the passes of the others too, and
 * running averages are summed.
 */
final class Parts {
  private final int count;
  private final Group group;
  private final List<Player> players;
  private final BooleanSupplier wantsStop;
  private final @Nullable Foresight foresight;
  private boolean stops;
  private long step;
  private List<Long> updates = List.of();
  private long[] each = {};
  private int passed;

  private Parts(
      int count,
      Group group,
      List<Player> players,
      BooleanSupplier wantsStop,
      @Nullable Foresight foresight) {
    this.count = count;
    this.group = group;
    this.players = players;
    this.wantsStop = wantsStop;
    this.foresight = foresight;
  }

  /**
   * All of them, in one process.
   *
   * @param wantsStop whether it is asked to stop
   */
  static Parts alone(Train train, BooleanSupplier wantsStop) {
    return new Parts(train.accumulate(), Group.ALONE, List.of(), wantsStop, null);
  }

  /**
   * Those of a process of a group.
   *
   * @param players all of the game
   * @param wantsStop whether this process is asked to stop
   */
  static Parts of(GamePlan plan, Group group, List<Player> players, BooleanSupplier wantsStop) {
    Train train = plan.recipe().train();
    return group.size() == 1
        ? alone(train, wantsStop)
        : new Parts(train.accumulate(), group, players, wantsStop, new Foresight(plan));
  }

  /** The number of batches in an update. */
  int count() {
    return count;
  }

  /** Whether one of the processes was asked to stop; all say the same after a step. */
  boolean stops() {
    return foresight == null ? wantsStop.getAsBoolean() : stops;
  }

  /** The first of this process. */
  int first() {
    return group.rank();
  }

  /** The one of this process after another of its own. */
  int after(int part) {
    return part + group.size();
  }

  /** Before the batches of an update. */
  void begin(Move move) {
    if (foresight == null) {
      return;
    }
    if (move.step() != step) {
      step = move.step();
      updates = players.stream().map(Player::updates).toList();
    }
    each = foresight.passes(move, updates);
    passed = 0;
    if (group.rank() > 0) {
      // The sum has the averages of before once.
      for (Player player : players) {
        Network network = player.network();
        network
            .averages()
            .keySet()
            .forEach(
                path -> {
                  Tensor average = network.buffers().tensor(path);
                  average.assign(average.engine().full(0, average.shape()));
                });
      }
    }
  }

  /** Makes up for the passes of all batches between the last one of this process and another. */
  void reach(int part) {
    int skipped = part - passed;
    for (int i = 0; i < each.length && skipped > 0; i++) {
      players.get(i).skip(each[i] * skipped);
    }
    passed = part + 1;
  }

  /** The passes of all players so far. */
  long[] passes() {
    return players.stream().mapToLong(Player::passes).toArray();
  }

  /** Checks that a batch has made the passes that were foreseen. */
  void check(long[] before) {
    long[] after = passes();
    for (int i = 0; i < each.length; i++) {
      long made = after[i] - before[i];
      if (made != each[i]) {
        throw new RecipeException(
            "",
            players.get(i).network().plan().name()
                + " made "
                + made
                + " passes for a batch where "
                + each[i]
                + " were foreseen; a recipe whose passes depend on numbers trains in one process");
      }
    }
  }

  /**
   * What the processes have computed together.
   *
   * @param gradients summed over all batches; none if a value is not finite
   * @param values of the objective, of each batch
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, and compared with nothing
  record Sum(List<Tensor> gradients, double[] values) {}

  /**
   * After the batches of an update: waits for the other processes.
   *
   * @param gradients summed over this process's batches; none if a value is not finite
   * @param inputs by which they are taken
   * @param noted what this process's batches say of the states of terms, summed; afterwards the sum
   *     over all batches
   * @param values of this process's batches, in their places
   */
  Sum sum(
      Engine engine,
      List<Tensor> gradients,
      List<Tensor> inputs,
      List<Tensor> noted,
      double[] values) {
    if (foresight == null) {
      return new Sum(gradients, values);
    }
    reach(count);
    // Not finite here may be finite there: no process may wait for ever.
    List<Tensor> all =
        new ArrayList<>(
            gradients.isEmpty()
                ? inputs.stream().map(w -> engine.full(0, w.shape())).toList()
                : gradients);
    List<Tensor> states = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (Player player : players) {
      Network network = player.network();
      Map<String, Double> averages = network.averages();
      network
          .buffers()
          .forEach(
              (path, state) -> {
                states.add(state);
                shares.add(averages.containsKey(path) ? 1 : 1.0 / group.size());
              });
    }
    for (Tensor sum : noted) {
      states.add(sum);
      shares.add(1.0);
    }
    all.addAll(states);
    double[] flags = Arrays.copyOf(values, count + 1);
    flags[count] = wantsStop.getAsBoolean() ? 1 : 0;
    all.add(engine.upload(flags, Shape.of(flags.length)));
    List<Tensor> sums = group.sum(all);
    for (int i = 0; i < states.size(); i++) {
      Tensor sum = sums.get(inputs.size() + i);
      states.get(i).assign(shares.get(i) == 1 ? sum : sum.times(shares.get(i)));
    }
    double[] found = sums.get(sums.size() - 1).toDoubles();
    stops |= found[count] > 0;
    return new Sum(sums.subList(0, inputs.size()), Arrays.copyOf(found, count));
  }
}
