package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** A recipe trains to the same bits again, and through a stop too. */
final class KitTraining {
  private static final long HALF_WAY = 2;

  private KitTraining() {}

  static Stream<DynamicTest> tests(Recipe recipe) {
    return Kit.all(
        Kit.onEngines("equal trainings end in equal bits", engine -> repeats(engine, recipe)),
        Kit.onEngines("a resumed training ends in equal bits", engine -> resumes(engine, recipe)));
  }

  private static void repeats(Engine engine, Recipe recipe) {
    Training first = training(engine, recipe);
    first.run();
    Training second = training(engine, recipe);
    second.run();
    same(numbers(first), numbers(second));
  }

  private static void resumes(Engine engine, Recipe recipe) {
    Training whole = training(engine, recipe);
    whole.run();
    Training begun = training(engine, recipe);
    begun.listen(
        new TrainingListener() {
          @Override
          public void stepped(Training training, Step step) {
            if (step.number() == HALF_WAY) {
              training.requestStop();
            }
          }
        });
    begun.run();
    Training resumed = training(engine, recipe);
    Map<String, Map<String, Tensor>> kept = begun.tensors();
    resumed
        .tensors()
        .forEach(
            (group, tensors) -> {
              Map<String, Tensor> own = Objects.requireNonNull(kept.get(group));
              tensors.forEach((path, t) -> t.assign(Objects.requireNonNull(own.get(path))));
            });
    resumed.resume(begun.progress());
    resumed.run();
    same(numbers(whole), numbers(resumed));
  }

  private static Training training(Engine engine, Recipe recipe) {
    Assumptions.assumeTrue(
        engine.abilities().contains(Ability.BIT_EXACT_REPEATS),
        "the engine does not repeat bit for bit");
    GamePlan.of(recipe);
    try {
      return Training.of(recipe, engine);
    } catch (EngineException e) {
      return Assumptions.abort("skipped: " + e.getMessage());
    }
  }

  private static Map<String, double[]> numbers(Training training) {
    Map<String, double[]> all = new LinkedHashMap<>();
    training
        .tensors()
        .forEach(
            (group, tensors) ->
                tensors.forEach((path, t) -> all.put(group + " " + path, t.toDoubles())));
    return all;
  }

  private static void same(Map<String, double[]> expected, Map<String, double[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((path, values) -> assertArrayEquals(values, found.get(path), path));
  }
}
