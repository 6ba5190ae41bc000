package dev.sparring.diagnose;

import dev.sparring.network.Network;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Training;
import java.util.ArrayList;
import java.util.List;

/**
 * A generator and the discriminator that judges what it makes, as they are at a look.
 *
 * @param generator a snapshot
 * @param discriminator a snapshot
 * @param isBack whether sources are made of samples
 */
record Way(Network generator, Network discriminator, boolean isBack) {
  private static final String GENERATOR_BACK = "generator_back";

  /** The directions of a training: one, or that of the recipe and the way back. */
  static List<Way> of(Training training) {
    List<Way> ways = new ArrayList<>();
    ways.add(new Way(now(training, "generator"), now(training, "discriminator"), false));
    if (training.networks().containsKey(GENERATOR_BACK)) {
      ways.add(new Way(now(training, GENERATOR_BACK), now(training, "discriminator_back"), true));
    }
    return ways;
  }

  /** Whether a game of these networks has a way back. */
  static boolean isBackAmong(List<NetworkPlan> networks) {
    return networks.stream().anyMatch(n -> n.name().equals(GENERATOR_BACK));
  }

  private static Network now(Training training, String name) {
    Network network = training.networks().get(name);
    if (network == null) {
      throw new IllegalStateException("no network " + name + " in " + training.networks().keySet());
    }
    return network.snapshot();
  }

  /** What this direction is fed with, of what the game is. */
  GameInputs inputsOf(GameInputs inputs) {
    return isBack ? inputs.back() : inputs;
  }

  /** The column of a figure of scores or samples. */
  String column(Figure figure) {
    return isBack ? figure.columnOfBack() : figure.column();
  }
}
