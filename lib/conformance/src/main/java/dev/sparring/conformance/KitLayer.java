package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.layer.Layer;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.plan.PlannedLayer;
import dev.sparring.plan.PlannedParameter;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Generator;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** A layer alone: its shapes and its gradients. */
final class KitLayer {
  private static final int BATCH = 3;
  private static final Seed SEED = new Seed(1);

  private final NetworkPlan plan;
  private final List<String> paths = new ArrayList<>();
  private final List<Values> inputs = new ArrayList<>();

  private KitLayer(Layer word, Shape input) {
    plan = NetworkPlan.of("layer", Generator.generator(List.of(word)), input);
    inputs.add(Kit.random(11, input.batch(BATCH)));
    int seed = 20;
    for (PlannedLayer layer : plan.everyLayer()) {
      for (PlannedParameter parameter : layer.parameters()) {
        paths.add(parameter.path());
        inputs.add(Kit.random(seed++, parameter.parameter().shape()));
      }
    }
  }

  static Stream<DynamicTest> tests(Layer word, Shape input) {
    KitLayer layer = new KitLayer(word, input);
    return Kit.all(
        Kit.onEnginesInScope("shape of the output", layer::shape),
        layer.gradients("the layer in training", PassOptions.training(SEED, 1, 0)),
        layer.gradients("the layer in evaluation", PassOptions.evaluation(SEED, 0)));
  }

  private void shape(Engine engine) {
    List<Tensor> tensors = inputs.stream().map(v -> v.on(engine)).toList();
    Tensor y = forward(engine, tensors, PassOptions.training(SEED, 1, 0));
    assertEquals(plan.output().batch(BATCH), y.shape(), "the shape that outputShape promises");
    Kit.finite(y, "the output");
  }

  private Stream<DynamicTest> gradients(String name, PassOptions options) {
    GradientCase.Operation operation = (engine, tensors) -> forward(engine, tensors, options);
    GradientCase second = new GradientCase(name, inputs, operation);
    return Kit.all(
        Kit.gradients(name, inputs, operation),
        Kit.onEnginesInScope(
            "second gradients of " + name,
            engine -> {
              Assumptions.assumeTrue(
                  engine.abilities().contains(Ability.SECOND_DERIVATIVES),
                  "the engine has first derivatives only");
              second.checkSecond(engine, Layout.UPLOADED);
            }));
  }

  /** A pass of a network that has not been used before: states are as they begin. */
  private Tensor forward(Engine engine, List<Tensor> tensors, PassOptions options) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      parameters.put(paths.get(i), tensors.get(i + 1));
    }
    return Network.create(plan, engine, SEED).forward(tensors.get(0), parameters, options);
  }
}
