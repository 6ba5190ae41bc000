package dev.sparring.train;

import dev.sparring.init.Ones;
import dev.sparring.plan.DirectionPlan;
import dev.sparring.plan.GamePlan;
import java.util.List;

/** The game of a plan with tensors that have shapes and no numbers. */
record ShapeGame(List<Direction> directions, AdversarialLoop loop, GameInputs inputs) {
  static ShapeGame of(GamePlan plan, ShapeEngine engine) {
    // Drawn at once; zeros would be refused under some normalizations.
    Ones ones = new Ones();
    List<Direction> directions =
        plan.directions().stream()
            .map(
                d ->
                    new DirectionPlan(
                        d.generator().initializedBy(ones),
                        d.discriminator().initializedBy(ones),
                        d.isBackward()))
            .map(d -> new Direction(d, plan.recipe(), engine))
            .toList();
    AdversarialLoop loop =
        new AdversarialLoop(
            plan,
            directions,
            new Objective(plan, engine),
            1,
            Parts.alone(plan.recipe().train(), () -> false));
    return new ShapeGame(directions, loop, new ShapeInputs(plan, engine));
  }
}
