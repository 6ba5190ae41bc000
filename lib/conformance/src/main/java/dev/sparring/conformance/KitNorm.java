package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.init.WeightSpec;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.WeightNorm;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A normalization of one weight outside of any network. */
final class KitNorm {
  private KitNorm() {}

  static Stream<DynamicTest> tests(WeightNorm word, WeightSpec spec) {
    Shape shape = spec.shape();
    Values weight = Kit.random(31, shape);
    List<Values> inputs = new ArrayList<>();
    inputs.add(weight);
    List<NormTensor> learnt = word.parameters(spec);
    for (int i = 0; i < learnt.size(); i++) {
      inputs.add(Kit.random(40 + i, learnt.get(i).shape()).scaled(0.3, 1));
    }
    return Kit.all(
        Kit.onEnginesInScope(
            "what it says of " + shape, engine -> claims(engine, word, spec, weight)),
        Kit.gradients(
            "the normalized " + shape,
            inputs,
            (engine, tensors) -> {
              NormUnderTest context = begun(engine, word, spec, weight.on(engine));
              Map<String, Tensor> own = new LinkedHashMap<>();
              for (int i = 0; i < learnt.size(); i++) {
                own.put(learnt.get(i).name(), tensors.get(i + 1));
              }
              return word.normalize(tensors.get(0), context.parameters(own));
            }));
  }

  /** In evaluation, so that no state moves. */
  private static NormUnderTest begun(
      Engine engine, WeightNorm word, WeightSpec spec, Tensor weight) {
    NormUnderTest context =
        NormUnderTest.of(word, engine, spec.shape(), spec.outputAxis()).training(false);
    word.begin(weight, context);
    return context;
  }

  private static void claims(Engine engine, WeightNorm word, WeightSpec spec, Values weight) {
    Tensor raw = weight.on(engine);
    Tensor normalized = word.normalize(raw, begun(engine, word, spec, raw));
    assertEquals(spec.shape(), normalized.shape(), "the shape of the normalized weight");
    Kit.finite(normalized, "the normalized weight");
    if (word.isScaleInvariant()) {
      Tensor larger = raw.times(3);
      Tensor same = word.normalize(larger, begun(engine, word, spec, larger));
      Close.to(
          Values.of(spec.shape(), normalized.toDoubles()),
          same,
          1e-6,
          "isScaleInvariant, but three times the weight begins as another normalized weight");
    }
  }
}
