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
import java.util.function.Function;
import java.util.function.UnaryOperator;

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
                memory.put(slotPath(path, slot), network.engine().full(0, p.shape()));
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
  Tensor play(Tensor x) {
    return network.forward(x, nextCall());
  }

  /**
   * One update: minimizes an objective over this player's parameters and no one else's.
   *
   * @param rateFactor the schedule's factor on the learning rate
   * @param objective from this player's forward pass to a scalar
   * @return the objective's value before the update; if it is not finite nothing was updated
   */
  double update(double rateFactor, Function<UnaryOperator<Tensor>, Tensor> objective) {
    Engine engine = network.engine();
    Map<String, Tensor> variables = network.variables();
    Tensor loss = objective.apply(x -> network.forward(x, variables, nextCall()));
    double value = loss.item();
    if (!Double.isFinite(value)) {
      return value;
    }
    List<Tensor> gradients = engine.gradients(loss, List.copyOf(variables.values()), false);
    follow(clipped(gradients), optimizer.lr() * rateFactor);
    return value;
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
