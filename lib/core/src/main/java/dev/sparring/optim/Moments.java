package dev.sparring.optim;

import dev.sparring.tensor.AdamStep;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;

/** The state of Adam and AdamW, and how they hand their step to an engine. */
final class Moments {
  static final List<String> SLOTS = List.of("exp_avg", "exp_avg_sq");

  private Moments() {}

  static void step(AdamStep step, Tensor parameter, Tensor gradient, List<Tensor> slots) {
    step.apply(parameter, gradient, slots.get(0), slots.get(1));
  }

  static void stepAll(
      Engine engine,
      AdamStep step,
      List<Tensor> parameters,
      List<Tensor> gradients,
      List<List<Tensor>> slots) {
    engine.adam(
        step,
        parameters,
        gradients,
        slots.stream().map(s -> s.get(0)).toList(),
        slots.stream().map(s -> s.get(1)).toList());
  }
}
