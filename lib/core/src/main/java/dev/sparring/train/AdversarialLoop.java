package dev.sparring.train;

import dev.sparring.loss.Loss;
import dev.sparring.recipe.Optimizers;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The adversarial game: algorithm 1 of Goodfellow et al., arXiv:1406.2661, with the losses,
 * optimizers and numbers of updates that the recipe names. The letters are the paper's.
 *
 * <p>Real and made samples go through the discriminator in passes of their own, so that batch
 * statistics do not mix. Made samples for the discriminator come from the generator in training
 * mode, without gradients.
 */
final class AdversarialLoop {
  @SuppressWarnings("MemberName") // the letters of the paper
  private final Player G;

  @SuppressWarnings("MemberName")
  private final Player D;

  private final Loss loss;
  private final Train train;
  private final Optimizers optimizers;
  private final Engine engine;

  AdversarialLoop(Recipe recipe, Player generator, Player discriminator) {
    G = generator;
    D = discriminator;
    loss = recipe.loss();
    train = recipe.train();
    optimizers = recipe.optimizer();
    engine = generator.network().engine();
  }

  /**
   * Plays one step.
   *
   * @param step from 1
   * @return {@code loss_d} and {@code loss_g}, the means over the step's updates
   * @throws DivergedException if a loss or a weight is not finite; a loss is found before the
   *     update that it would spoil
   */
  Map<String, Double> step(long step, GameInputs inputs) {
    Map<String, Double> figures = new LinkedHashMap<>();
    engine.scope(
        () -> {
          G.begin(step);
          D.begin(step);
          figures.put("loss_d", discriminatorUpdates(step, inputs));
          figures.put("loss_g", generatorUpdates(step, inputs));
        });
    return figures;
  }

  private double discriminatorUpdates(long step, GameInputs inputs) {
    double factor = optimizers.discriminator().schedule().factor(step, train.steps());
    double sum = 0;
    for (int k = 0; k < train.discriminatorSteps(); k++) {
      Tensor x = inputs.real(D.updates());
      Tensor z = inputs.discriminatorNoise(D.updates());
      Tensor fake = engine.withoutGradients(() -> G.play(z));
      double value =
          D.update(factor, critic -> loss.discriminator(critic.apply(x), critic.apply(fake)));
      Sentinel.check(step, "loss_d", value, G, D, x, z);
      sum += value;
    }
    return sum / train.discriminatorSteps();
  }

  private double generatorUpdates(long step, GameInputs inputs) {
    double factor = optimizers.generator().schedule().factor(step, train.steps());
    double sum = 0;
    for (int k = 0; k < train.generatorSteps(); k++) {
      Tensor z = inputs.generatorNoise(G.updates());
      double value = G.update(factor, maker -> loss.generator(D.play(maker.apply(z))));
      Sentinel.check(step, "loss_g", value, G, D, null, z);
      sum += value;
    }
    return sum / train.generatorSteps();
  }
}
