package dev.sparring.init;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.tensor.Shape;
import org.junit.jupiter.api.Test;

class OrthogonalTest {
  private static final double EXACT = 1e-10;

  @Test
  void tallMatricesHaveOrthonormalColumns() {
    orthonormal(Draws.draw(Orthogonal.orthogonal(), Draws.weight(40, 7)), 40, 7, 1);
  }

  @Test
  void wideMatricesHaveOrthonormalRows() {
    orthonormal(Draws.draw(Orthogonal.orthogonal(), Draws.weight(7, 40)), 7, 40, 1);
  }

  @Test
  void squareMatricesHaveBoth() {
    double[] q = Draws.draw(Orthogonal.orthogonal(), Draws.weight(16, 16));
    orthonormal(q, 16, 16, 1);
    orthonormal(transposed(q, 16, 16), 16, 16, 1);
  }

  @Test
  void oneRowIsAUnitVector() {
    orthonormal(Draws.draw(Orthogonal.orthogonal(), Draws.weight(1, 30)), 1, 30, 1);
  }

  @Test
  void convolutionsAreOutByTheRest() {
    orthonormal(Draws.draw(Orthogonal.orthogonal(), Draws.weight(8, 3, 3, 3)), 8, 27, 1);
    orthonormal(Draws.draw(Orthogonal.orthogonal(), Draws.weight(64, 2, 2, 2)), 64, 8, 1);
  }

  @Test
  void theGainIsAFactor() {
    orthonormal(Draws.draw(Orthogonal.orthogonal(1.5), Draws.weight(5, 9)), 5, 9, 1.5);
  }

  @Test
  void largeOnesStayOrthonormal() {
    orthonormal(Draws.draw(Orthogonal.orthogonal(), Draws.weight(128, 300)), 128, 300, 1);
  }

  /** (in, out, kh, kw) with out * (in kh kw) orthonormal: neither of the two other readings. */
  @Test
  void transposedConvolutionsAreOutByTheRestToo() {
    int in = 3;
    int out = 4;
    int taps = 6;
    WeightSpec weight = new WeightSpec(Shape.of(in, out, 2, 3), 1, new Fans(1, 1), 1);
    double[] w = Draws.draw(Orthogonal.orthogonal(), weight);
    double[] rows = new double[w.length];
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        for (int t = 0; t < taps; t++) {
          rows[(o * in + i) * taps + t] = w[(i * out + o) * taps + t];
        }
      }
    }
    orthonormal(rows, out, in * taps, 1);
  }

  /** PyTorch flattens all dimensions after the first, here the inputs: in x (out kh kw). */
  @Test
  void transposedConvolutionsUnderPytorchsRuleAreInByTheRest() {
    WeightSpec weight =
        new WeightSpec(Shape.of(3, 4, 2, 3), 1, new Fans(1, 1), 1).under(FanRule.PYTORCH);
    orthonormal(Draws.draw(Orthogonal.orthogonal(), weight), 3, 24, 1);
  }

  /** Without the signs of R's diagonal, Q's first column would always point the same way. */
  @Test
  void signsAreUniform() {
    int positive = 0;
    int draws = 2000;
    dev.sparring.random.RandomStream random = Draws.random();
    WeightSpec weight = Draws.weight(3, 3);
    for (int i = 0; i < draws; i++) {
      positive += Orthogonal.orthogonal().draw(weight, random)[0] > 0 ? 1 : 0;
    }
    assertEquals(draws / 2.0, positive, 4 * Math.sqrt(draws / 4.0));
  }

  /** W W^T (or W^T W, if the rows are more than the columns) is gain^2 times the identity. */
  private static void orthonormal(double[] w, int rows, int columns, double gain) {
    double[] m = rows <= columns ? w : transposed(w, rows, columns);
    int n = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double dot = 0;
        for (int k = 0; k < length; k++) {
          dot += m[i * length + k] * m[j * length + k];
        }
        assertEquals(i == j ? gain * gain : 0, dot, EXACT, "rows " + i + " and " + j);
      }
    }
  }

  private static double[] transposed(double[] w, int rows, int columns) {
    double[] t = new double[w.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        t[j * rows + i] = w[i * columns + j];
      }
    }
    return t;
  }
}
