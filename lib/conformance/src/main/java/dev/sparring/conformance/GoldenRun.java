package dev.sparring.conformance;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One golden case on one engine, its inputs in one memory layout. */
record GoldenRun(Engine engine, Layout layout, Golden golden) {
  Tensor constant(String key) {
    return layout.of(engine, golden.tensor(key));
  }

  Tensor variable(String key) {
    return constant(key).variable();
  }

  void close(String key, Tensor found) {
    Close.to(golden.tensor(key), found, tolerance(), key);
  }

  void close(String key, double found) {
    Close.numbers(golden.number(key), found, tolerance(), key);
  }

  void closeGradients(Tensor output, List<Tensor> inputs, List<String> keys) {
    List<Tensor> gradients = engine.gradients(output, inputs, false);
    for (int i = 0; i < keys.size(); i++) {
      close(keys.get(i), gradients.get(i));
    }
  }

  /** Compares {@code y} and {@code grad_NAME} of each input; a missing input is null. */
  void check(List<String> names, Function<List<@Nullable Tensor>, Tensor> operation) {
    List<@Nullable Tensor> all = new ArrayList<>();
    List<Tensor> given = new ArrayList<>();
    List<String> gradients = new ArrayList<>();
    for (String name : names) {
      Tensor input = golden.has(name) ? variable(name) : null;
      all.add(input);
      if (input != null) {
        given.add(input);
        gradients.add("grad_" + name);
      }
    }
    Tensor y = operation.apply(all);
    close("y", y);
    closeGradients(y.times(constant("grad_out")).sum(), given, gradients);
  }

  /** As {@link #check} for an operation on the one input that all cases of a file share. */
  void checkOneInput(Golden file, Values cotangent, String operation) {
    Tensor x = layout.of(engine, file.tensor("x")).variable();
    Tensor y = Operations.named(operation).apply(x);
    close("y", y);
    closeGradients(y.times(layout.of(engine, cotangent)).sum(), List.of(x), List.of("grad_x"));
  }

  private double tolerance() {
    return EngineUnderTest.tolerance(engine.precision());
  }
}
