package dev.sparring.lint;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import java.util.Comparator;
import java.util.List;

/** All rules. */
public final class Lints {
  private Lints() {}

  /** The rules of this library. */
  public static List<Lint> all() {
    return List.of(
        new ScoresAreRaw(),
        new OutputFitsData(),
        new WassersteinNeedsLipschitz(),
        new BatchNormInCritic(),
        new SingleNumberBatchNorm(),
        new ConstantWeights(),
        new GainFitsActivation(),
        new SlopeIsSmall(),
        new RatesAreUsual(),
        new MomentumIsLow(),
        new UpdatesAreBalanced(),
        new BiasBeforeBatchNorm(),
        new UnusedBlock(),
        new CycleTiesUnmatched(),
        new LabelsReachBoth(),
        new ScaleUnderSpectralNorm(),
        new InitUnderNorm());
  }

  /**
   * The warnings of all rules for a recipe: warnings first, then notes, each in the order of the
   * rules.
   *
   * @throws dev.sparring.recipe.RecipeException if the recipe does not fit together
   */
  public static List<Warning> check(Recipe recipe) {
    return check(GamePlan.of(recipe));
  }

  /** The same for a recipe that is planned already. */
  public static List<Warning> check(GamePlan plan) {
    return all().stream()
        .flatMap(lint -> lint.look(plan).stream())
        .sorted(Comparator.comparing(Warning::level))
        .toList();
  }
}
