package dev.sparring.train;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import org.jspecify.annotations.Nullable;

/**
 * What the updates of one step are fed with, in one direction of the game.
 *
 * <p>Where inputs are reused, an update of the generator is about the batches of one update of the
 * discriminator: the last one before it in this step, or the next one where the generator comes
 * first.
 *
 * @param plan of the recipe that is trained
 * @param inputs of this direction
 * @param step the step, from 1
 * @param discriminatorUpdates how many there have been before the step
 * @param generatorUpdates likewise
 */
public record NextStep(
    GamePlan plan, GameInputs inputs, long step, long discriminatorUpdates, long generatorUpdates) {
  /** The first step of a training. */
  public static NextStep first(GamePlan plan, GameInputs inputs) {
    return new NextStep(plan, inputs, 1, 0, 0);
  }

  /**
   * One batch of an update of the discriminator.
   *
   * @param update which of the step's, from 0
   * @param part which of the update's batches, from 0
   */
  public NextUpdate discriminator(int update, int part) {
    long number = (discriminatorUpdates + update) * train().accumulate() + part;
    return new NextUpdate(
        step, number, inputs.forDiscriminator(number), () -> inputs.real(number), shared(number));
  }

  /**
   * One batch of an update of the generator.
   *
   * @param update which of the step's, from 0
   * @param part which of the update's batches, from 0
   */
  public NextUpdate generator(int update, int part) {
    long number = (generatorUpdates + update) * train().accumulate() + part;
    long judged = judgedUpdate() * train().accumulate() + part;
    return new NextUpdate(
        step,
        number,
        reusesInputs() ? inputs.forDiscriminator(judged) : inputs.forGenerator(number),
        () -> inputs.real(judged),
        shared(judged));
  }

  /** Of a pair, both halves belong to one step; and CycleGAN's steps see each image once. */
  private boolean reusesInputs() {
    return train().reuseNoise() || plan.source().isPresent();
  }

  /** The update of the discriminator that the generator's updates of this step are about. */
  private long judgedUpdate() {
    return train().order() == UpdateOrder.DISCRIMINATOR_FIRST
        ? discriminatorUpdates + train().discriminatorSteps() - 1
        : discriminatorUpdates;
  }

  private @Nullable Long shared(long batch) {
    return train().reuseNoise() ? Long.valueOf(batch) : null;
  }

  private Train train() {
    return plan.recipe().train();
  }
}
