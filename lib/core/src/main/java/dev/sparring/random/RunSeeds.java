package dev.sparring.random;

/**
 * The seeds of a run by what their numbers decide. Streams are named by purpose, so that equal
 * seeds give unrelated numbers for different ones.
 *
 * @param weights of initial weights
 * @param order of the data's order, and of random crops and mirrors of what is read
 * @param noise of noise and classes of the generated samples of updates
 * @param rest of everything else
 */
public record RunSeeds(Seed weights, Seed order, Seed noise, Seed rest) {
  /** One seed for all. */
  public static RunSeeds of(Seed seed) {
    return new RunSeeds(seed, seed, seed, seed);
  }

  /** Each seed plus a number, for runs beside this one. */
  public RunSeeds plus(long number) {
    return new RunSeeds(
        new Seed(weights.value() + number),
        new Seed(order.value() + number),
        new Seed(noise.value() + number),
        new Seed(rest.value() + number));
  }

  /**
   * The seeds of a run from its n-th retry on. Its weights are those of a checkpoint by then.
   *
   * @param number of the retry, from 1; 0 is the run's own seeds
   */
  public RunSeeds retry(int number) {
    return new RunSeeds(weights, order.retry(number), noise.retry(number), rest.retry(number));
  }
}
