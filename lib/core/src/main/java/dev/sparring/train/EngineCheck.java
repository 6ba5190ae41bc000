package dev.sparring.train;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;

/** Whether an engine was opened for what a recipe says. */
final class EngineCheck {
  private EngineCheck() {}

  /**
   * Checks what a program that opens the engine by itself may have missed.
   *
   * @throws EngineException if the recipe says {@code portable} or {@code bf16}, and the engine
   *     does something else
   */
  static void opened(GamePlan plan, Engine engine) {
    Train train = plan.recipe().train();
    if (train.portable() && !engine.isPortable()) {
      throw new EngineException(
          "train.portable: the engine "
              + engine.name()
              + " was not opened for portable results; Engines.openPortable does");
    }
    if (train.precision() == Precision.BF16 && engine.precision() != Precision.BF16) {
      throw new EngineException(
          "train.precision: bf16, but "
              + engine.description()
              + " was opened; open it with Precision.BF16");
    }
  }
}
