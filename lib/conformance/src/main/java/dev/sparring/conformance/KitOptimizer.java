package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Schedule;
import dev.sparring.optim.Sgd;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** Updates of one parameter. */
final class KitOptimizer {
  private static final int UPDATES = 20;

  private KitOptimizer() {}

  static Optimizer scheduled(Schedule schedule) {
    return Sgd.sgd(0.05).schedule(schedule);
  }

  /** Down the slope of the sum of squares, with a gradient of 0 in between. */
  static void check(Engine engine, Optimizer word) {
    Shape shape = Shape.of(3, 2);
    Tensor parameter = Kit.random(71, shape).on(engine);
    double[] before = parameter.toDoubles();
    List<Tensor> slots =
        word.slots().stream().map(slot -> engine.full(word.start(slot), shape)).toList();
    for (long update = 1; update <= UPDATES; update++) {
      Tensor gradient = parameter.times(update == UPDATES / 2 ? 0 : 2);
      word.update(parameter, gradient, slots, update, word.lr());
      Kit.finite(parameter, "the parameter after update " + update);
      for (int i = 0; i < slots.size(); i++) {
        Kit.finite(slots.get(i), "slot " + word.slots().get(i) + " after update " + update);
      }
    }
    assertFalse(
        Arrays.equals(before, parameter.toDoubles()),
        "the parameter has not moved in " + UPDATES + " updates");
  }
}
