package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images as rows of numbers, in the order (C, H, W) whatever the engine's memory is like. */
public interface FlattenConformance extends EngineUnderTest {
  private static Values images() {
    return Values.random(7, 3, 2, 3, 5);
  }

  /** Elements and gradients of rows are in the order (C, H, W), for every way to use them. */
  @ParameterizedTest
  @EnumSource
  default void rowsAreInOrder(Layout layout) {
    Starts.withDoubles(
        this,
        e -> {
          Tensor x = layout.of(e, images()).variable();
          Tensor rows = x.reshape(Shape.of(3, 30));
          double[] expected = images().data();
          assertArrayEquals(expected, rows.toDoubles(), 1e-15);
          assertArrayEquals(
              expected, rows.plus(1).minus(e.full(1, Shape.of(1))).toDoubles(), 1e-15);
          assertArrayEquals(
              new double[] {expected[30 + 4], expected[60 + 4]},
              rows.slice(0, 1, 2).slice(1, 4, 1).toDoubles(),
              1e-15);
          Tensor weighted = rows.times(Values.random(8, 3, 30).on(e)).sum();
          for (Tensor by : List.of(x, rows)) {
            assertArrayEquals(
                Values.random(8, 3, 30).data(),
                e.gradients(weighted, List.of(by), false).get(0).toDoubles(),
                1e-15);
          }
        });
  }

  /** A linear map of rows, with fewer and with more outputs than there are images. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  default void linearMapsOfRows(int outputs) {
    for (Layout layout : Layout.values()) {
      Starts.withDoubles(
          this,
          e -> {
            Values weight = Values.random(9, outputs, 30);
            Values factors = Values.random(10, 3, outputs);
            Tensor x = layout.of(e, images()).variable();
            Tensor w = weight.on(e).variable();
            Tensor b = Values.random(11, outputs).on(e).variable();
            Tensor rows = x.reshape(Shape.of(3, 30));
            Tensor y = rows.linear(w, b);
            double[] ofRows = new double[90];
            double[] ofWeight = new double[30 * outputs];
            double[] values = new double[3 * outputs];
            for (int n = 0; n < 3; n++) {
              for (int o = 0; o < outputs; o++) {
                double factor = factors.data()[n * outputs + o];
                values[n * outputs + o] = Values.random(11, outputs).data()[o];
                for (int k = 0; k < 30; k++) {
                  values[n * outputs + o] +=
                      images().data()[n * 30 + k] * weight.data()[o * 30 + k];
                  ofRows[n * 30 + k] += factor * weight.data()[o * 30 + k];
                  ofWeight[o * 30 + k] += factor * images().data()[n * 30 + k];
                }
              }
            }
            assertArrayEquals(values, y.toDoubles(), 1e-13);
            Tensor sum = y.times(factors.on(e)).sum();
            List<Tensor> gradients = e.gradients(sum, List.of(x, rows, w), true);
            assertArrayEquals(ofRows, gradients.get(0).toDoubles(), 1e-13);
            assertArrayEquals(ofRows, gradients.get(1).toDoubles(), 1e-13);
            assertArrayEquals(ofWeight, gradients.get(2).toDoubles(), 1e-13);
            // |gradient by the images|^2 differentiated by the weight: factors enter squared.
            Tensor again = e.gradients(gradients.get(0).square().sum(), List.of(w), false).get(0);
            double[] expected = new double[30 * outputs];
            for (int n = 0; n < 3; n++) {
              for (int o = 0; o < outputs; o++) {
                for (int k = 0; k < 30; k++) {
                  expected[o * 30 + k] += 2 * factors.data()[n * outputs + o] * ofRows[n * 30 + k];
                }
              }
            }
            assertArrayEquals(expected, again.toDoubles(), 1e-12);
          });
    }
  }
}
