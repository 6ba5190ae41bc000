package dev.sparring.train;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of the updates of one step, in one direction of the game.
 *
 * <p>If inputs are reused, an update of the generator uses the batches of one update of the
 * discriminator: the last one before it in this step, or the next one if the generator is updated
 * first.
 *
 * @param plan of the recipe that is trained
 * @param inputs of this direction
 * @param step the step, from 1
 * @param discriminatorUpdates number of the discriminator's updates before the step
 * @param generatorUpdates number of the generator's updates before the step
 * @param states what the discriminator's terms have kept so far
 */
public record NextStep(
    GamePlan plan,
    GameInputs inputs,
    long step,
    long discriminatorUpdates,
    long generatorUpdates,
    TermStates states) {
  /** The first step of a training. */
  public static NextStep first(GamePlan plan, GameInputs inputs) {
    return new NextStep(plan, inputs, 1, 0, 0, TermStates.none());
  }

  /**
   * One batch of an update of the discriminator.
   *
   * @param update number of the update in the step, from 0
   * @param part number of the batch in the update, from 0
   */
  public NextUpdate discriminator(int update, int part) {
    long number = (discriminatorUpdates + update) * train().accumulate() + part;
    return new NextUpdate(
        step,
        number,
        inputs.forDiscriminator(number),
        () -> inputs.real(number),
        shared(number),
        states);
  }

  /**
   * One batch of an update of the generator.
   *
   * @param update number of the update in the step, from 0
   * @param part number of the batch in the update, from 0
   */
  public NextUpdate generator(int update, int part) {
    long number = (generatorUpdates + update) * train().accumulate() + part;
    long judged = judgedUpdate() * train().accumulate() + part;
    return new NextUpdate(
        step,
        number,
        reusesInputs() ? inputs.forDiscriminator(judged) : inputs.forGenerator(number),
        () -> inputs.real(judged),
        shared(judged),
        states);
  }

  /**
   * In paired data both halves belong to one step; and in CycleGAN each step uses an image once.
   */
  private boolean reusesInputs() {
    return train().reuseNoise() || plan.source().isPresent();
  }

  /** The update of the discriminator whose batches the generator's updates of this step reuse. */
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
