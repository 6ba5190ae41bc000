package dev.sparring.train;

import dev.sparring.recipe.Optimizers;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The adversarial game: algorithm 1 of Goodfellow et al., arXiv:1406.2661, with the losses, terms,
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

  private final Objective objective;
  private final Train train;
  private final Optimizers optimizers;
  private final Engine engine;

  AdversarialLoop(Recipe recipe, Player generator, Player discriminator, Objective objective) {
    G = generator;
    D = discriminator;
    this.objective = objective;
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
      long first = D.updates() * train.accumulate();
      double value =
          D.update(
              factor,
              train.accumulate(),
              (critic, weights, part) -> {
                long batch = first + part;
                Batch x = inputs.real(batch);
                Batch z = inputs.forDiscriminator(batch);
                Batch fake = z.made(engine.withoutGradients(() -> G.play(z)));
                return objective.discriminator(critic, weights, x, fake, step, batch).value();
              });
      Sentinel.check(
          step,
          "loss_d",
          value,
          List.of(G, D),
          () -> firstBadOutput(step, first, inputs.forDiscriminator(first), inputs.real(first)));
      objective.constrain(D.network());
      sum += value;
    }
    return sum / train.discriminatorSteps();
  }

  private double generatorUpdates(long step, GameInputs inputs) {
    double factor = optimizers.generator().schedule().factor(step, train.steps());
    double sum = 0;
    for (int k = 0; k < train.generatorSteps(); k++) {
      long judged = (D.updates() - 1) * train.accumulate();
      long first = G.updates() * train.accumulate();
      double value =
          G.update(
              factor,
              train.accumulate(),
              (maker, weights, part) -> {
                Batch z =
                    objective.reusesInputs()
                        ? inputs.forDiscriminator(judged + part)
                        : inputs.forGenerator(first + part);
                Batch made = z.made(maker.of(z.x(), z.labels()));
                return objective.generator(
                    D::play,
                    weights,
                    made,
                    z,
                    () -> inputs.real(judged + part),
                    step,
                    first + part);
              });
      Sentinel.check(
          step,
          "loss_g",
          value,
          List.of(G, D),
          () -> {
            boolean reuses = objective.reusesInputs();
            Batch z = reuses ? inputs.forDiscriminator(judged) : inputs.forGenerator(first);
            return firstBadOutput(step, first, z, null);
          });
      sum += value;
    }
    return sum / train.generatorSteps();
  }

  private String firstBadOutput(long step, long number, Batch z, @Nullable Batch x) {
    StringBuilder place = new StringBuilder();
    Batch fake = z.made(Sentinel.watch(G.network(), z.x(), z.labels(), place));
    Tensor seenFake = objective.seen(fake, step, number);
    Sentinel.watch(D.network(), seenFake, fake.labels(), place);
    if (x != null) {
      Sentinel.watch(D.network(), objective.seen(x, step, number), x.labels(), place);
    }
    return place.toString();
  }
}
