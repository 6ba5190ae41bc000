package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Writing into parameters, running statistics and optimizer state. */
public interface InPlaceConformance extends EngineUnderTest {
  /** The numbers are copied, from any memory layout into any other. */
  @Test
  default void assignCopies() {
    Values before = Values.random(1, 2, 3, 2, 2);
    Values after = Values.random(2, 2, 3, 2, 2);
    withEngine(
        e -> {
          for (Layout target : Layout.values()) {
            for (Layout source : Layout.values()) {
              Tensor t = target.of(e, single(e, before));
              Tensor s = source.of(e, single(e, after));
              t.assign(s);
              Close.exactly(single(e, after), t, target + " from " + source);
              s.assign(e.full(0, s.shape()));
              Close.exactly(single(e, after), t, "a copy");
            }
          }
        });
  }

  /** this = keep * this + weight * value, also where keep + weight is 1, or keep is. */
  @Test
  default void blendMixes() {
    Values a = Values.random(3, 2, 3, 2, 2);
    Values b = Values.random(4, 2, 3, 2, 2);
    double[][] mixes = {{0.9, 0.1}, {0.5, 0.5}, {1, -0.25}, {0, 2}, {0.999, 0.3}, {0, 1}, {-1, 2}};
    withEngine(
        e -> {
          for (Layout source : Layout.values()) {
            for (double[] mix : mixes) {
              double[] expected = new double[a.shape().elements()];
              for (int i = 0; i < expected.length; i++) {
                expected[i] = mix[0] * a.at(i) + mix[1] * b.at(i);
              }
              Tensor t = a.on(e);
              t.blend(mix[0], source.of(e, b), mix[1]);
              Close.to(
                  Values.of(a.shape(), expected),
                  t,
                  EngineUnderTest.tolerance(e.precision()),
                  "blend " + mix[0] + " " + mix[1] + " " + source);
            }
          }
        });
  }

  /** A value that is the target itself, or a view of it, is read before it is overwritten. */
  @Test
  default void theValueMayBeTheTarget() {
    withEngine(
        e -> {
          Tensor t = e.upload(new double[] {1, 2, 3, 4}, Shape.of(2, 2));
          t.blend(0.5, t, 3);
          Close.exactly(Values.of(Shape.of(2, 2), 3.5, 7, 10.5, 14), t, "blend");
          t.assign(t.permute(1, 0));
          Close.exactly(Values.of(Shape.of(2, 2), 3.5, 10.5, 7, 14), t, "assign");
          Tensor images = e.upload(new double[] {1, 2, 3, 4}, Shape.of(1, 2, 2, 1));
          images.assign(images.permute(0, 2, 1, 3));
          images.blend(-1, images.reshape(Shape.of(4)).reshape(images.shape()), 3);
          images.assign(images.detach());
          Close.exactly(Values.of(images.shape(), 2, 6, 4, 8), images, "images");
        });
  }

  /** Gradients are not followed through a write: a value that was computed becomes constant. */
  @Test
  default void writesAreNotDifferentiable() {
    withEngine(
        e -> {
          Tensor x = e.upload(new double[] {2, 3}, Shape.of(2)).variable();
          Tensor state = e.full(1, Shape.of(2));
          state.assign(x.square());
          state.blend(0.5, x.square(), 0.5);
          Tensor g = e.gradients(state.times(x).sum(), List.of(x), false).get(0);
          Close.exactly(Values.of(Shape.of(2), 4, 9), g, "the state is a constant");
        });
  }

  /** As in every optimizer: gradients, then an update of the variables, and again. */
  @Test
  default void variablesCanBeUpdatedBetweenSteps() {
    withEngine(
        e -> {
          Tensor x = e.upload(new double[] {2, -4}, Shape.of(2)).variable();
          for (int step = 0; step < 3; step++) {
            e.scope(
                () -> x.blend(1, e.gradients(x.square().sum(), List.of(x), false).get(0), -0.25));
          }
          Close.exactly(Values.of(Shape.of(2), 0.25, -0.5), x, "halved three times");
        });
  }

  /** Values are not broadcast into a target of another shape. */
  @Test
  default void shapesMustMatch() {
    withEngine(
        e -> {
          Tensor t = e.full(1, Shape.of(2, 3));
          assertThrows(RuntimeException.class, () -> t.assign(e.full(2, Shape.of(3))));
          assertThrows(RuntimeException.class, () -> t.blend(0.5, e.full(2, Shape.of(2, 1)), 1));
          Close.exactly(Values.of(Shape.of(2, 3), 1, 1, 1, 1, 1, 1), t, "unchanged");
        });
  }

  private static Values single(Engine e, Values v) {
    return Values.of(v.shape(), v.on(e).toDoubles());
  }

  private void withEngine(Consumer<Engine> test) {
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine engine = open(precision)) {
        engine.scope(() -> test.accept(engine));
      }
    }
  }
}
