package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Ring;
import dev.sparring.diagnose.Diagnostics;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.loss.Dragan;
import dev.sparring.loss.Wasserstein;
import dev.sparring.optim.Sgd;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.train.Batch;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Diagnostics see the batch, the noise and the dropout of the next update. Gradient descent moves a
 * weight by the rate times its gradient; so the gradient in a measurement must equal the next
 * step's change. The other player is kept fixed, and all batches of the step are zeros but the
 * measured one: without biases, zeros have no gradient.
 */
public interface NextUpdateConformance extends EngineUnderTest {
  /** A rate so small that no weight of a usual size changes. */
  double STILL = 1e-30;

  /** The rate of the player that moves. */
  double RATE = 0.01;

  /** The generator's update, with every setting that changes its batch and pass. */
  @ParameterizedTest
  @EnumSource
  default void generatorsAreSeenAsTheirNextUpdateSeesThem(UpdateOrder order) {
    for (Train train : trains(order)) {
      try (Engine engine = open(Precision.FLOAT64)) {
        Gan gan = gan(RATE, STILL, train);
        if (engine.abilities().contains(Ability.SECOND_DERIVATIVES)) {
          gan.terms(Dragan.dragan()); // one more pass of the discriminator in each update
        }
        long parts = train.accumulate();
        assertForeseen(engine, gan.build(), number -> number % parts == 0, "generator.1.weight");
      }
    }
  }

  /**
   * The discriminator's first update in a step; the other updates of the step have batches of
   * zeros.
   */
  @ParameterizedTest
  @EnumSource
  default void discriminatorsAreSeenAsTheirNextUpdateSeesThem(UpdateOrder order) {
    for (Train each : trains(order)) {
      Train train = order == UpdateOrder.SIMULTANEOUS ? each : each.generatorSteps(2);
      try (Engine engine = open(Precision.FLOAT64)) {
        long batches = (long) train.discriminatorSteps() * train.accumulate();
        LongPredicate isSeen = number -> number % batches == 0;
        Recipe recipe = gan(STILL, RATE, train).build();
        assertForeseen(engine, recipe, isSeen, "discriminator.0.weight", "discriminator.2.weight");
      }
    }
  }

  private static List<Train> trains(UpdateOrder order) {
    List<Train> all = new ArrayList<>();
    for (int steps : order == UpdateOrder.SIMULTANEOUS ? new int[] {1} : new int[] {1, 3}) {
      for (boolean reuse : new boolean[] {false, true}) {
        for (int parts : new int[] {1, 2}) {
          Train train = Train.train().steps(2).batch(5).seed(9).order(order);
          all.add(train.discriminatorSteps(steps).reuseNoise(reuse).accumulate(parts));
        }
      }
    }
    return all;
  }

  private static Gan gan(double generator, double discriminator, Train train) {
    return Gan.named("foreseen")
        .data(Ring.ring().points(40))
        .generator(g -> g.latent(3).layers(Dropout.dropout(0.4), Dense.dense(2).bias(false)))
        .discriminator(
            d ->
                d.layers(
                    Dense.dense(7).bias(false), Dropout.dropout(0.4), Dense.dense(1).bias(false)))
        .loss(Wasserstein.wasserstein())
        .optimizers(Sgd.sgd(generator), Sgd.sgd(discriminator))
        .train(train)
        .output(Output.output().diagnosticsEvery(1));
  }

  private static void assertForeseen(
      Engine engine, Recipe recipe, LongPredicate isSeen, String... paths) {
    Training training = Training.of(recipe, engine);
    training.inputs(new Thinned(training.inputs(), isSeen));
    List<Map<String, Double>> steps = new ArrayList<>();
    Diagnostics.attach(training)
        .listen(
            new TrainingListener() {
              @Override
              public void stepped(Training t, Step step) {
                steps.add(step.figures());
              }
            });
    training.run();
    Map<String, Double> look = steps.get(0);
    for (String path : paths) {
      double gradient = Looks.figure(look, "grad_norm." + path);
      assertTrue(gradient > 1e-5, path);
      Close.numbers(
          RATE * gradient / recipe.train().accumulate() / Looks.figure(look, "weight_norm." + path),
          Looks.figure(steps.get(1), "update_ratio." + path),
          1e-9,
          path + ", " + recipe.train());
    }
  }

  /**
   * Other inputs with zeros instead of some batches.
   *
   * @param isSeen whether a batch stays what it is
   */
  record Thinned(GameInputs all, LongPredicate isSeen) implements GameInputs {
    @Override
    public Batch real(long batch) {
      return thinned(all.real(batch), batch);
    }

    @Override
    public Batch forDiscriminator(long batch) {
      return thinned(all.forDiscriminator(batch), batch);
    }

    @Override
    public Batch forGenerator(long batch) {
      return thinned(all.forGenerator(batch), batch);
    }

    private Batch thinned(Batch batch, long number) {
      return isSeen.test(number) ? batch : batch.x(batch.x().times(0));
    }
  }
}
