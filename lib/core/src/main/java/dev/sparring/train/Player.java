package dev.sparring.train;

import dev.sparring.network.Call;
import dev.sparring.network.Network;
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
    Tensor of(Judge player, Map<String, Tensor> variables, int part);
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
    Tensor of(List<Judge> players, List<Map<String, Tensor>> variables, int part);
  }

  /**
   * One update: minimizes an objective over this player's parameters and no one else's.
   *
   * @param rateFactor the schedule's factor on the learning rate
   * @param parts how many batches the gradients are averaged over
   * @return the objective's mean value before the update; if it is not finite nothing was updated
   */
  double update(double rateFactor, int parts, Aim objective) {
    return update(
        List.of(this),
        rateFactor,
        parts,
        (players, variables, part) -> objective.of(players.get(0), variables.get(0), part));
  }

  /**
   * One update of several players at once: minimizes an objective over the parameters of all.
   *
   * @param players at least one, on one engine
   * @return as {@link #update(double, int, Aim)}
   */
  static double update(List<Player> players, double rateFactor, int parts, CommonAim objective) {
    Engine engine = players.get(0).network.engine();
    List<Map<String, Tensor>> variables =
        players.stream().map(player -> player.network.variables()).toList();
    List<Judge> judges =
        IntStream.range(0, players.size())
            .<Judge>mapToObj(i -> (x, labels) -> players.get(i).pass(x, labels, variables.get(i)))
            .toList();
    List<Tensor> inputs = variables.stream().flatMap(v -> v.values().stream()).toList();
    List<Tensor> gradients = List.of();
    double sum = 0;
    for (int part = 0; part < parts; part++) {
      Tensor loss = objective.of(judges, variables, part);
      double value = loss.item();
      if (!Double.isFinite(value)) {
        return value;
      }
      sum += value;
      gradients = added(gradients, engine.gradients(loss, inputs, false));
    }
    List<Tensor> mean =
        parts == 1 ? gradients : gradients.stream().map(g -> g.times(1.0 / parts)).toList();
    int from = 0;
    for (int i = 0; i < players.size(); i++) {
      Player player = players.get(i);
      List<Tensor> own = mean.subList(from, from + variables.get(i).size());
      player.follow(player.clipped(own), player.optimizer.lr() * rateFactor);
      from += own.size();
    }
    return sum / parts;
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

  private Call nextCall() {
    return Call.training(seed, step, passes++);
  }

  private static String slotPath(String parameter, String slot) {
    return parameter + "." + slot;
  }
}
