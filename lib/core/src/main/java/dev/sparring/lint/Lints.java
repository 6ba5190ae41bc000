package dev.sparring.lint;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import dev.sparring.setting.Services;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rules, and what they find. */
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
        new BatchNormIsInOwnSense(),
        new ConstantWeights(),
        new BatchNormOnOneSide(),
        new GainFitsActivation(),
        new SlopeIsSmall(),
        new RatesAreUsual(),
        new MomentumIsLow(),
        new TargetsAreUsual(),
        new UpdatesAreBalanced(),
        new BiasBeforeBatchNorm(),
        new UnusedBlock(),
        new CycleTiesUnmatched(),
        new LabelsReachBoth(),
        new KernelFitsStride(),
        new ScaleUnderSpectralNorm(),
        new InitUnderNorm(),
        new SameKindSameInit(),
        new XavierBeforeRelu(),
        new PlainSgd());
  }

  /**
   * The rules of this library, and those that users bring on a class path: what {@code
   * META-INF/services/dev.sparring.lint.Lint} names.
   *
   * @throws IllegalArgumentException if a rule cannot be loaded; the message names it
   */
  public static List<Lint> load(ClassLoader loader) {
    List<Lint> rules = new ArrayList<>(all());
    rules.addAll(Services.load(Lint.class, loader, "a lint"));
    return rules;
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
    return check(plan, all());
  }

  /** What some rules find: {@link #all}, those of {@link #load}, or any others. */
  public static List<Warning> check(GamePlan plan, List<Lint> rules) {
    return rules.stream()
        .flatMap(lint -> lint.look(plan).stream())
        .distinct() // the layers of a stack have one place
        .sorted(Comparator.comparing(Warning::level))
        .toList();
  }
}
