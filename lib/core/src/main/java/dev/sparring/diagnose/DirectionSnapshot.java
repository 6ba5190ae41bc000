package dev.sparring.diagnose;

import dev.sparring.network.Network;
import dev.sparring.train.Direction;
import dev.sparring.train.NextStep;
import dev.sparring.train.Passes;
import dev.sparring.train.Training;

/**
 * A direction of the game at the time of a measurement.
 *
 * @param generator a snapshot of the generator
 * @param discriminator a snapshot of the discriminator
 * @param next inputs of the next step
 * @param isBackward whether sources are generated from samples
 */
record DirectionSnapshot(
    PlayerSnapshot generator, PlayerSnapshot discriminator, NextStep next, boolean isBackward) {
  static DirectionSnapshot of(Training training, Direction direction) {
    NextStep next = training.next(direction);
    return new DirectionSnapshot(
        player(training, direction.generator(), next),
        player(training, direction.discriminator(), next),
        next,
        direction.isBackward());
  }

  private static PlayerSnapshot player(Training training, Network network, NextStep next) {
    return new PlayerSnapshot(network.snapshot(), new Passes(training.seeds().rest(), next.step()));
  }

  /**
   * Multiplies the number of passes so far: one batch of an update represents all batches of the
   * step.
   */
  void repeatPasses(long times) {
    generator.passes().count(generator.passes().count() * times);
    discriminator.passes().count(discriminator.passes().count() * times);
  }

  /** The column of a figure of scores or samples. */
  String column(Figure figure) {
    return figure.column(isBackward);
  }
}
