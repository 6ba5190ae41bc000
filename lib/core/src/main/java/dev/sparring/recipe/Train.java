package dev.sparring.recipe;

import static dev.sparring.setting.Affects.Aspect.RUN;
import static dev.sparring.setting.Affects.Aspect.UPDATES;

import dev.sparring.random.RunSeeds;
import dev.sparring.random.Seed;
import dev.sparring.setting.Affects;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.tensor.Precision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long and in which order the two networks train.
 *
 * @param steps number of steps; a step is {@code discriminatorSteps} updates of the discriminator
 *     and {@code generatorSteps} of the generator
 * @param batch number of samples in a batch
 * @param seed seed of all random numbers of the run, except those with a seed of their own in
 *     {@code seeds}
 * @param seeds seeds of some of its random numbers: of initial weights, of the data's order, of
 *     noise, of the rest
 * @param discriminatorSteps updates of the discriminator in a step, each with a new batch
 * @param generatorSteps updates of the generator in a step, each with new noise unless {@code
 *     reuseNoise} is on
 * @param order which network is updated first in a step
 * @param generatorBatch number of samples in a batch of the generator's updates, or null for {@code
 *     batch}
 * @param reuseNoise whether a generator update reuses the noise and dropout of a discriminator
 *     update: the last one, or the next one if the generator is updated first or both at once, as
 *     in the code of BSSN and some of pix2pix; otherwise it draws its own
 * @param accumulate number of batches in each update, whose gradients are averaged; equivalent to
 *     one batch {@code accumulate} times as large, except that batch statistics are per batch
 * @param shuffle whether each epoch reads the data in a new random order; otherwise in the data's
 *     own order
 * @param precision number format of computations on the engine: float32; float64 for checks; or
 *     bf16, mixed precision as PyTorch's autocast: in training passes of both networks linear maps,
 *     convolutions and the activations after them are in bfloat16, and all else, such as weights,
 *     optimizers, weight normalizations, batch statistics, losses, evaluation, samples and files,
 *     in single precision (see {@link Precision#BF16}). On the processor it needs AVX-512 BF16; of
 *     the engines torch has it
 * @param portable whether the run has the same bits on every x86-64 processor with AVX2 and FMA, on
 *     Linux; otherwise equal bits need the same machine, environment and number of threads. The
 *     kernels of oneDNN, ATen, OpenBLAS and ND4J are pinned to those for AVX2, the number of
 *     threads is 1, and environment variables that choose kernels or threads are not heard; a
 *     machine that cannot do it is refused. Equal bits still need equal versions of Sparring, of
 *     the native libraries that it brings, and of the C library; features of ONNX files are not
 *     covered. Tried on three processors: AMD EPYCs of family 25 and model 17 without AVX-512 and
 *     of family 26 and model 2 with it gave the same picture of digits after 1,800 steps, and 19
 *     runs of the claim depth-orthogonal that the second had made came out with the same weights on
 *     an Intel Xeon of family 6 and model 167, which has AVX-512 too. On the first equal under each
 *     setting of the libraries' environment variables, on one core and on two, and on JDK 17 and
 *     25. It costs speed: on two cores 1.1 to 1.6 times the time, 2.4 times with large convolutions
 *     on a processor with AVX-512, and on more cores more, as only one is used
 * @param schedules numbers of the recipe that change while it trains
 */
public record Train(
    @Affects(RUN) int steps,
    @Affects(RUN) int batch,
    @Affects(RUN) long seed,
    @Affects(RUN) Seeds seeds,
    @Affects(UPDATES) int discriminatorSteps,
    @Affects(UPDATES) int generatorSteps,
    @Affects(UPDATES) UpdateOrder order,
    @Affects(RUN) @Nullable Integer generatorBatch,
    @Affects(UPDATES) boolean reuseNoise,
    @Affects(RUN) int accumulate,
    @Affects(RUN) boolean shuffle,
    @Affects(RUN) Precision precision,
    @Affects(RUN) boolean portable,
    @Affects(UPDATES) List<ScheduledNumber> schedules) {
  /** Checks the counts. */
  public Train {
    schedules = List.copyOf(schedules);
    Require.atLeast("steps", steps, 1);
    Require.atLeast("batch", batch, 1);
    Require.atLeast("discriminatorSteps", discriminatorSteps, 1);
    Require.atLeast("generatorSteps", generatorSteps, 1);
    Require.atLeast("accumulate", accumulate, 1);
    if (generatorBatch != null) {
      Require.atLeast("generatorBatch", generatorBatch, 1);
      if (reuseNoise && generatorBatch != batch) {
        throw new IllegalArgumentException(
            "reuseNoise gives the generator the discriminator's "
                + batch
                + " samples, generatorBatch says "
                + generatorBatch);
      }
    }
    if (order == UpdateOrder.SIMULTANEOUS && (discriminatorSteps != 1 || generatorSteps != 1)) {
      throw new IllegalArgumentException(
          "simultaneous order is one update of each player, discriminatorSteps is "
              + discriminatorSteps
              + " and generatorSteps "
              + generatorSteps
              + "; set both to 1, or take another order");
    }
    if (portable && precision == Precision.BF16) {
      throw new IllegalArgumentException(
          "portable pins kernels to AVX2, which has none for bf16; take float32, or leave out"
              + " portable");
    }
  }

  /**
   * 1,000 steps of one update each, batches of 64 for both, new noise for each update, seed 42,
   * single precision, as fast as the machine can.
   */
  @Defaults
  public static Train train() {
    return new Train(
        1000,
        64,
        42,
        Seeds.seeds(),
        1,
        1,
        UpdateOrder.DISCRIMINATOR_FIRST,
        null,
        false,
        1,
        true,
        Precision.FLOAT32,
        false,
        List.of());
  }

  /** The same with another number of steps. */
  public Train steps(int steps) {
    return Settings.with(this, "steps", steps);
  }

  /** The same with another batch size. */
  public Train batch(int batch) {
    return Settings.with(this, "batch", batch);
  }

  /** The same with another seed. */
  public Train seed(long seed) {
    return Settings.with(this, "seed", seed);
  }

  /** The same with other seeds for some of the random numbers. */
  public Train seeds(Seeds seeds) {
    return Settings.with(this, "seeds", seeds);
  }

  /** The seeds of a run, each {@code seed} unless it is given. */
  public RunSeeds runSeeds() {
    return new RunSeeds(
        orOwn(seeds.weights()), orOwn(seeds.order()), orOwn(seeds.noise()), orOwn(seeds.rest()));
  }

  private Seed orOwn(@Nullable Long given) {
    return new Seed(given == null ? seed : given);
  }

  /** The same with another number of discriminator updates in a step. */
  public Train discriminatorSteps(int discriminatorSteps) {
    return Settings.with(this, "discriminatorSteps", discriminatorSteps);
  }

  /** The same with another number of generator updates in a step. */
  public Train generatorSteps(int generatorSteps) {
    return Settings.with(this, "generatorSteps", generatorSteps);
  }

  /** The same in another order. */
  public Train order(UpdateOrder order) {
    return Settings.with(this, "order", order);
  }

  /** The same with another batch size for the generator's updates. */
  public Train generatorBatch(int generatorBatch) {
    return Settings.with(this, "generatorBatch", generatorBatch);
  }

  /** The same with or without reuse of the discriminator's noise in generator updates. */
  public Train reuseNoise(boolean reuseNoise) {
    return Settings.with(this, "reuseNoise", reuseNoise);
  }

  /** The same with another number of batches in each update. */
  public Train accumulate(int accumulate) {
    return Settings.with(this, "accumulate", accumulate);
  }

  /** The same with or without shuffling in each epoch. */
  public Train shuffle(boolean shuffle) {
    return Settings.with(this, "shuffle", shuffle);
  }

  /** Samples in each batch of the generator's updates. */
  public int generatorBatchOrDefault() {
    return generatorBatch != null ? generatorBatch : batch;
  }

  /** The same in another precision. */
  public Train precision(Precision precision) {
    return Settings.with(this, "precision", precision);
  }

  /** The same with or without bits that do not depend on the machine. */
  public Train portable(boolean portable) {
    return Settings.with(this, "portable", portable);
  }

  /** The same with other numbers that change while it trains. */
  public Train schedules(List<ScheduledNumber> schedules) {
    return Settings.with(this, "schedules", schedules);
  }

  /** The same with other numbers that change while it trains. */
  public Train schedules(ScheduledNumber... schedules) {
    return schedules(List.of(schedules));
  }

  /** The real images of a step: those of one update of the discriminator. */
  public long images() {
    return (long) batch * accumulate;
  }
}
