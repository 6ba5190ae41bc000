package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.Ring;
import dev.sparring.init.He;
import dev.sparring.layer.Dense;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Residual;
import dev.sparring.loss.R1;
import dev.sparring.optim.Adam;
import dev.sparring.optim.CosineDecay;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.recipe.ScheduledNumber;
import dev.sparring.recipe.Train;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which numbers may change while a recipe trains, and what a plan is in a step. */
class ScheduleChecksTest {
  private static Recipe recipe(ScheduledNumber... schedules) {
    return Gan.named("test")
        .data(Ring.ring())
        .generator(g -> g.latent(2).init(He.he()).layers(Dense.dense(2)))
        .discriminator(
            d ->
                d.layers(
                    Residual.residual(Dense.dense(2), LeakyRelu.leakyRelu(0.2)), Dense.dense(1)))
        .terms(R1.r1().gamma(3))
        .optimizers(Adam.adam().schedule(CosineDecay.cosineDecay()), Adam.adam())
        .train(Train.train().steps(50).schedules(schedules))
        .build();
  }

  private static String refusal(ScheduledNumber... schedules) {
    return String.valueOf(
        assertThrows(RecipeException.class, () -> GamePlan.of(recipe(schedules))).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          terms.0.gama | terms.0 has no setting 'gama', it has gamma, every, at
          temrs.0.gamma | the recipe has no setting 'temrs', it has name, conventions, data, blocks, generator, discriminator, loss, terms, augment, optimizer, train, ema, divergence, output, evaluate
          terms.1.gamma | terms has the items 0 to 0, got '1'
          augment.0.ratio | augment is empty, got '0'
          terms.0.gamma.x | terms.0.gamma has no settings, got 'terms.0.gamma.x'
          ema.decay | ema is not set, got 'ema.decay'
          terms.0.at | terms.0.at is not set, so there is nothing to begin with
          loss | loss is no number
          terms | terms is no number
          train.steps | train.steps is a whole number: a size, a count or a seed stays as it is; what may change is a weight, a rate, a probability or the like
          generator.layers.0.units | generator.layers.0.units is a whole number: a size, a count or a seed stays as it is; what may change is a weight, a rate, a probability or the like
          data.deviation | data.deviation stays as it is while a run trains; what may change are numbers of optimizer, loss, terms, augment, ema, and of layers, norm and output of the networks
          divergence.factor | divergence.factor stays as it is while a run trains; what may change are numbers of optimizer, loss, terms, augment, ema, and of layers, norm and output of the networks
          optimizer.generator.schedule.end | optimizer.generator.schedule.end is of a schedule itself; schedule the number that it changes
          """)
  void othersStayAsTheyAre(String setting, String text) {
    assertEquals("train.schedules.0: " + text, refusal(ScheduledNumber.scheduled(setting, 1)));
  }

  @Test
  void aNumberHasOneSchedule() {
    ScheduledNumber gamma = ScheduledNumber.scheduled("terms.0.gamma", 1);
    assertEquals(
        "train.schedules.2: terms.0.gamma has a schedule already, train.schedules.0",
        refusal(gamma, ScheduledNumber.scheduled("optimizer.generator.lr", 1), gamma));
  }

  /** A record refuses what it would refuse at any time, and says in which step. */
  @Test
  void valuesAreThoseThatTheirRecordsTake() {
    assertEquals(
        "terms.0.gamma: 0.0 in step 26: gamma must be > 0, got 0.0",
        refusal(ScheduledNumber.scheduled("terms.0.gamma", 0).steps(25)));
    assertEquals(
        "optimizer.generator.beta1: 1.0 in step 2: beta1 must be in [0, 1), got 1.0",
        refusal(ScheduledNumber.scheduled("optimizer.generator.beta1", 1).steps(1)));
  }

  /** Layers, those inside others too, have the numbers of the step; shapes are the same. */
  @Test
  void aPlanIsThatOfItsStep() {
    GamePlan plan =
        GamePlan.of(
            recipe(
                ScheduledNumber.scheduled("discriminator.layers.0.layers.1.slope", 0.6).steps(4),
                ScheduledNumber.scheduled("terms.0.gamma", 1).steps(4)));
    GamePlan second = plan.at(2);
    assertEquals(new LeakyRelu(0.2 * 0.75 + 0.6 * 0.25), slope(second));
    assertEquals(new LeakyRelu(0.2), slope(plan));
    assertEquals(R1.r1().gamma(2.5), second.recipe().terms().get(0));
    assertEquals(
        Map.of("discriminator.layers.0.layers.1.slope", 0.6, "terms.0.gamma", 1.0),
        plan.recipe().scheduled(50));
    assertEquals(plan.discriminator().parameterCount(), second.discriminator().parameterCount());
    GamePlan still = GamePlan.of(recipe());
    assertSame(still, still.at(7));
  }

  private static Object slope(GamePlan plan) {
    return plan.discriminator().everyLayer().stream()
        .map(PlannedLayer::layer)
        .filter(LeakyRelu.class::isInstance)
        .findFirst()
        .orElseThrow();
  }
}
