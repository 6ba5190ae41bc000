package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.loss.CrossEntropy;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loss of classifiers: value and gradient, for logits up to 1000 in size. */
public interface CrossEntropyConformance extends EngineUnderTest {
  /** PyTorch's values and gradients. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void crossEntropyIsThatOfTheReference(Precision precision) {
    double tolerance = EngineUnderTest.tolerance(precision);
    Starts.with(
        this,
        precision,
        engine -> {
          for (Golden c : Golden.load("cross_entropy").cases()) {
            int[] classes = Arrays.stream(c.numbers("classes")).mapToInt(k -> (int) k).toArray();
            Tensor logits = c.tensor("logits").on(engine).variable();
            Tensor loss = CrossEntropy.of(engine, logits, classes);
            Close.numbers(c.number("loss"), loss.item(), tolerance, c.text("values"));
            Close.to(
                c.tensor("grad_logits"),
                engine.gradients(loss, List.of(logits), false).get(0),
                tolerance,
                c.text("values") + ", gradient");
          }
        });
  }

  /** The gradient equals finite differences, and (softmax - onehot) / N. */
  @Test
  default void crossEntropysGradientIsThatOfDifferences() {
    int[] classes = {3, 0, 2};
    Values logits = Values.random(61, 3, 4).scaled(3, 0.5);
    Starts.withDoubles(
        this,
        engine -> {
          Tensor at = logits.on(engine).variable();
          double[] found =
              engine
                  .gradients(CrossEntropy.of(engine, at, classes), List.of(at), false)
                  .get(0)
                  .toDoubles();
          double h = 1e-5;
          for (int i = 0; i < found.length; i++) {
            double difference =
                (value(engine, logits.nudged(i, h), classes)
                        - value(engine, logits.nudged(i, -h), classes))
                    / (2 * h);
            Close.numbers(difference, found[i], 1e-8, "derivative " + i);
            int row = i / 4;
            double sum = 0;
            for (int k = 0; k < 4; k++) {
              sum += Math.exp(logits.at(row * 4 + k));
            }
            double softmax = Math.exp(logits.at(i)) / sum;
            double expected = (softmax - (i % 4 == classes[row] ? 1 : 0)) / 3;
            Close.numbers(expected, found[i], 1e-12, "softmax - onehot " + i);
          }
        });
  }

  private static double value(Engine engine, Values logits, int[] classes) {
    return CrossEntropy.of(engine, logits.on(engine), classes).item();
  }

  /** Wrong shapes and classes are named. */
  @Test
  default void crossEntropyRefusesWhatDoesNotFit() {
    Starts.withDoubles(
        this,
        engine -> {
          Tensor logits = engine.full(0, Shape.of(2, 3));
          assertEquals(
              "cross entropy: 3 samples need logits (3, classes), got (2, 3)",
              message(engine, logits, 0, 1, 2));
          assertEquals(
              "cross entropy: class 1 must be between 0 and 2, got 3",
              message(engine, logits, 0, 3));
        });
  }

  private static String message(Engine engine, Tensor logits, int... classes) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> CrossEntropy.of(engine, logits, classes))
            .getMessage());
  }
}
