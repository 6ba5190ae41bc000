package dev.sparring.recipe;

import dev.sparring.tensor.Precision;

/**
 * How long and in which order the players train.
 *
 * @param steps how many steps; one is {@code discriminatorSteps} updates of the discriminator and
 *     then {@code generatorSteps} of the generator
 * @param batch samples in each update
 * @param seed decides every random number of the run
 * @param discriminatorSteps updates of the discriminator in a step, each with a new batch
 * @param generatorSteps updates of the generator in a step, each with new noise
 * @param precision of every number on the engine
 */
public record Train(
    int steps,
    int batch,
    long seed,
    int discriminatorSteps,
    int generatorSteps,
    Precision precision) {
  /** Checks the counts. */
  public Train {
    Require.atLeast("steps", steps, 1);
    Require.atLeast("batch", batch, 1);
    Require.atLeast("discriminatorSteps", discriminatorSteps, 1);
    Require.atLeast("generatorSteps", generatorSteps, 1);
  }

  /** 1,000 steps of one update each, batches of 64, seed 42, single precision. */
  @Defaults
  public static Train train() {
    return new Train(1000, 64, 42, 1, 1, Precision.FLOAT32);
  }

  /** The same with another number of steps. */
  public Train steps(int steps) {
    return new Train(steps, batch, seed, discriminatorSteps, generatorSteps, precision);
  }

  /** The same with another batch size. */
  public Train batch(int batch) {
    return new Train(steps, batch, seed, discriminatorSteps, generatorSteps, precision);
  }

  /** The same with another seed. */
  public Train seed(long seed) {
    return new Train(steps, batch, seed, discriminatorSteps, generatorSteps, precision);
  }

  /** The same with another number of discriminator updates in a step. */
  public Train discriminatorSteps(int discriminatorSteps) {
    return new Train(steps, batch, seed, discriminatorSteps, generatorSteps, precision);
  }

  /** The same with another number of generator updates in a step. */
  public Train generatorSteps(int generatorSteps) {
    return new Train(steps, batch, seed, discriminatorSteps, generatorSteps, precision);
  }

  /** The same in another precision. */
  public Train precision(Precision precision) {
    return new Train(steps, batch, seed, discriminatorSteps, generatorSteps, precision);
  }
}
