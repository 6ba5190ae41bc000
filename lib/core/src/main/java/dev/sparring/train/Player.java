package dev.sparring.train;

import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.optim.Optimizer;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A network that learns: its parameters, its optimizer and what that remembers. */
final class Player {
  private final Network network;
  private final Optimizer optimizer;
  private final Seed seed;
  private final Map<String, Tensor> memory = new LinkedHashMap<>();
  private long updates;
  private long step;
  private long passes;
  private @Nullable Long makes;

  Player(Network network, Optimizer optimizer, Seed seed) {
    this.network = network;
    this.optimizer = optimizer;
    this.seed = seed;
    network
        .parameters()
        .forEach(
            (path, p) -> {
              for (String slot : optimizer.slots()) {
                Tensor start = network.engine().full(optimizer.start(slot), p.shape());
                memory.put(slotPath(path, slot), start);
              }
            });
  }

  Network network() {
    return network;
  }

  /** What the optimizer remembers, by parameter path and slot. */
  Map<String, Tensor> memory() {
    return memory;
  }

  long updates() {
    return updates;
  }

  void updates(long updates) {
    this.updates = updates;
  }

  /** From here on forward passes belong to that step. */
  void begin(long step) {
    this.step = step;
    passes = 0;
  }

  /** The next pass makes the samples of that batch, with the random numbers that belong to it. */
  void makes(long batch) {
    makes = batch;
  }

  /** A training pass in which the player's own parameters are constants. */
  Tensor play(Tensor x, @Nullable Tensor labels) {
    return network.forward(x, nextCall().labels(labels));
  }

  /** The same for what is known of a batch. */
  Tensor play(Batch batch) {
    return play(batch.x(), batch.labels());
  }

  /** What one of the batches of an update comes to. */
  @FunctionalInterface
  interface Aim {
    /**
     * The objective's value, a scalar.
     *
     * @param player this player's forward pass
     * @param variables this player's raw parameters by path, on which gradients flow
     * @param part the batch among those of the update, from 0
     */
    Tensor value(ForwardPass player, Map<String, Tensor> variables, int part);
  }

  /** What one of the batches of an update of several players comes to. */
  @FunctionalInterface
  interface CommonAim {
    /**
     * The objective's value, a scalar.
     *
     * @param players each player's forward pass
     * @param variables each player's raw parameters by path, on which gradients flow
     * @param part the batch among those of the update, from 0
     */
    Tensor value(List<ForwardPass> players, List<Map<String, Tensor>> variables, int part);
  }

  /**
   * What players are about to do.
   *
   * @param value the objective's mean value; if it is not finite, there are no gradients
   * @param gradients those of each player, in the order of its parameters
   */
  record Update(double value, List<Player> players, List<List<Tensor>> gradients) {
    /**
     * Does it.
     *
     * @param rateFactor the schedule's factor on the learning rate
     */
    void follow(double rateFactor) {
      for (int i = 0; i < players.size(); i++) {
        Player player = players.get(i);
        player.follow(player.clipped(gradients.get(i)), player.optimizer.lr() * rateFactor);
      }
    }
  }

  /**
   * The update that minimizes an objective over this player's parameters and no one else's.
   *
   * @param parts how many batches the gradients are averaged over
   */
  Update update(int parts, Aim objective) {
    return update(
        List.of(this),
        parts,
        (players, variables, part) -> objective.value(players.get(0), variables.get(0), part));
  }

  /**
   * The update of several players at once: minimizes an objective over the parameters of all.
   *
   * @param players at least one, on one engine
   * @param parts how many batches the gradients are averaged over
   */
  static Update update(List<Player> players, int parts, CommonAim objective) {
    Engine engine = players.get(0).network.engine();
    List<Map<String, Tensor>> variables =
        players.stream().<Map<String, Tensor>>map(player -> player.network.variables()).toList();
    List<ForwardPass> judges =
        IntStream.range(0, players.size())
            .<ForwardPass>mapToObj(
                i -> (x, labels) -> players.get(i).pass(x, labels, variables.get(i)))
            .toList();
    List<Tensor> inputs = variables.stream().flatMap(v -> v.values().stream()).toList();
    List<Tensor> gradients = List.of();
    double sum = 0;
    for (int part = 0; part < parts; part++) {
      Tensor loss = objective.value(judges, variables, part);
      double value = loss.item();
      if (!Double.isFinite(value)) {
        return new Update(value, players, List.of());
      }
      sum += value;
      gradients = added(gradients, engine.gradients(loss, inputs, false));
    }
    List<Tensor> mean =
        parts == 1 ? gradients : gradients.stream().map(g -> g.times(1.0 / parts)).toList();
    List<List<Tensor>> own = new ArrayList<>();
    int from = 0;
    for (Map<String, Tensor> each : variables) {
      own.add(mean.subList(from, from + each.size()));
      from += each.size();
    }
    return new Update(sum / parts, players, own);
  }

  private Tensor pass(Tensor x, @Nullable Tensor labels, Map<String, Tensor> variables) {
    return network.forward(x, variables, nextCall().labels(labels));
  }

  private static List<Tensor> added(List<Tensor> sums, List<Tensor> more) {
    return sums.isEmpty()
        ? more
        : IntStream.range(0, more.size()).mapToObj(i -> sums.get(i).plus(more.get(i))).toList();
  }

  private void follow(List<Tensor> gradients, double rate) {
    updates++;
    int i = 0;
    for (Map.Entry<String, Tensor> p : network.parameters().entrySet()) {
      List<Tensor> slots = new ArrayList<>();
      for (String slot : optimizer.slots()) {
        Tensor remembered = memory.get(slotPath(p.getKey(), slot));
        if (remembered == null) {
          throw new IllegalStateException("no " + slot + " of " + p.getKey());
        }
        slots.add(remembered);
      }
      optimizer.update(p.getValue(), gradients.get(i++), slots, updates, rate);
    }
  }

  private List<Tensor> clipped(List<Tensor> gradients) {
    Double limit = optimizer.clipNorm();
    if (limit == null) {
      return gradients;
    }
    double squares = 0;
    for (Tensor g : gradients) {
      squares += g.square().sum().item();
    }
    double norm = Math.sqrt(squares);
    if (!(norm > limit)) {
      return gradients;
    }
    return gradients.stream().map(g -> g.times(limit / norm)).toList();
  }

  private PassOptions nextCall() {
    long pass = passes++;
    Long batch = makes;
    makes = null;
    return batch == null
        ? PassOptions.training(seed, step, pass)
        : PassOptions.making(seed, step, batch);
  }

  private static String slotPath(String parameter, String slot) {
    return parameter + "." + slot;
  }
}
