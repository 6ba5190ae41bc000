package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.augment.Augmentation;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** An augmentation of one batch. */
final class KitAugmentation {
  private static final int BATCH = 3;

  private KitAugmentation() {}

  static Stream<DynamicTest> tests(Augmentation word, Shape sample) {
    Values x = Kit.random(81, sample.batch(BATCH));
    return Kit.all(
        Kit.onEnginesInScope("changes alike by equal random numbers", e -> repeats(e, word, x)),
        Kit.gradients(
            "augmented samples",
            List.of(x),
            (engine, tensors) -> apply(engine, word, tensors.get(0))));
  }

  private static Tensor apply(Engine engine, Augmentation word, Tensor x) {
    return word.apply(x, new Seed(1).stream("augmentation"), engine, 1);
  }

  private static void repeats(Engine engine, Augmentation word, Values x) {
    Tensor first = apply(engine, word, x.on(engine));
    assertEquals(x.shape(), first.shape(), "the shape of what is changed");
    Kit.finite(first, "what is changed");
    assertArrayEquals(first.toDoubles(), apply(engine, word, x.on(engine)).toDoubles());
  }
}
