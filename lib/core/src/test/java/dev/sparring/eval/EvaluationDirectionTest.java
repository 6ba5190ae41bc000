package dev.sparring.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.Digits;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.metric.Direction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every figure of a measurement says which numbers are better, all but deviations. */
class EvaluationDirectionTest {
  @Test
  void everyFigureHasADirection() {
    Stream.of(Ring.ring(), Digits.digits(), Pairs.pairs(Digits.digits(), Digits.digits()))
        .flatMap(data -> Evaluation.figures(data, true).stream())
        .forEach(
            figure ->
                assertEquals(!figure.endsWith("_std"), Direction.of(figure).isPresent(), figure));
  }
}
