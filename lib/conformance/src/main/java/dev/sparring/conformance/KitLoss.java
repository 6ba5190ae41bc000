package dev.sparring.conformance;

import dev.sparring.loss.Loss;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A loss as a function of scores. */
final class KitLoss {
  private KitLoss() {}

  static Stream<DynamicTest> tests(Loss word) {
    // Away from 0, where many losses have a kink; between 0 and 1 for probabilities.
    double scale = word.wantsProbabilities() ? 0.3 : 1.7;
    double offset = word.wantsProbabilities() ? 0.5 : 0.1;
    List<Values> scores =
        List.of(
            Values.random(51, 4, 1).scaled(scale, offset),
            Values.random(52, 4, 1).scaled(scale, offset));
    return Kit.all(
        Kit.gradients(
            "the discriminator's loss",
            scores,
            (engine, s) -> scalar(word.discriminator(s.get(0), s.get(1)), "discriminator's loss")),
        Kit.gradients(
            "the generator's loss",
            scores,
            (engine, s) -> scalar(word.generator(s.get(1), () -> s.get(0)), "generator's loss")));
  }

  private static Tensor scalar(Tensor value, String what) {
    return Kit.scalar(value, "the " + what);
  }
}
