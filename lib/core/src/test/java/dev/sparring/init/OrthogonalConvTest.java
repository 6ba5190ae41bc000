package dev.sparring.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.SingularOps_DDRM;
import org.junit.jupiter.api.Test;

/** Convolutions as matrices of whole images: which of them keep lengths. */
class OrthogonalConvTest {
  private static final double EXACT = 1e-12;
  private static final int SIDE = 5;

  @Test
  void deltaOrthogonalKeepsLengths() {
    for (int kernel : new int[] {1, 2, 3, 4, 5}) {
      isometric(DeltaOrthogonal.deltaOrthogonal(), 4, 3, kernel, 1);
    }
    isometric(DeltaOrthogonal.deltaOrthogonal().gain(1.75), 3, 3, 3, 1.75);
  }

  @Test
  void convOrthogonalKeepsLengths() {
    for (int kernel : new int[] {1, 2, 3, 4}) {
      isometric(ConvOrthogonal.convOrthogonal(), 5, 3, kernel, 1);
    }
    isometric(ConvOrthogonal.convOrthogonal().gain(0.5), 4, 4, 3, 0.5);
  }

  /** The middle tap of TensorFlow's and JAX's kernels; nothing else. */
  @Test
  void deltaIsAtTheMiddle() {
    double[] w = Draws.draw(DeltaOrthogonal.deltaOrthogonal(), Draws.weight(3, 2, 4, 4));
    for (int pair = 0; pair < 6; pair++) {
      for (int tap = 0; tap < 16; tap++) {
        assertEquals(tap == 5, w[pair * 16 + tap] != 0, "tap " + tap);
      }
    }
  }

  @Test
  void convOrthogonalUsesAllTaps() {
    double[] w = Draws.draw(ConvOrthogonal.convOrthogonal(), Draws.weight(8, 8, 3, 3));
    double[] energy = new double[9];
    for (int i = 0; i < w.length; i++) {
      energy[i % 9] += w[i] * w[i];
    }
    for (int tap = 0; tap < 9; tap++) {
      assertTrue(energy[tap] > 0.01, "tap " + tap + ": " + energy[tap]);
    }
  }

  /** What the Javadoc says of orthogonal, of three drawn kernels and images of 16 x 16. */
  @Test
  void orthogonalDoesNotKeepLengths() {
    for (long seed = 1; seed <= 3; seed++) {
      double[] w =
          Orthogonal.orthogonal()
              .draw(Draws.weight(16, 16, 3, 3), new Seed(seed).stream("initialize"));
      double[] s = ofFrequencies(w, 16, 3, 16);
      double squares = 0;
      double least = s[0];
      double most = 0;
      for (double v : s) {
        squares += v * v;
        least = Math.min(least, v);
        most = Math.max(most, v);
      }
      assertEquals(1, Math.sqrt(squares / s.length), 1e-9);
      assertTrue(least < 0.01, "least " + least);
      assertTrue(most > 1.8 && most < 2.2, "most " + most);
    }
  }

  /** A transposed convolution's weight is (in, out, k, k). */
  @Test
  void transposedConvolutionsCountTheirOwnOutputs() {
    WeightSpec weight = new WeightSpec(Shape.of(2, 3, 3, 3), 1, new Fans(1, 1), 1);
    for (Initializer init :
        new Initializer[] {DeltaOrthogonal.deltaOrthogonal(), ConvOrthogonal.convOrthogonal()}) {
      init.check(weight);
      columnsOf(map(Draws.draw(init, weight), 3, 2, 3, false), 1);
    }
  }

  @Test
  void denseLayersGetWhatOrthogonalDraws() {
    WeightSpec weight = Draws.weight(3, 7);
    double[] expected = Draws.draw(Orthogonal.orthogonal(), weight);
    for (Initializer init :
        new Initializer[] {DeltaOrthogonal.deltaOrthogonal(), ConvOrthogonal.convOrthogonal()}) {
      init.check(weight);
      org.junit.jupiter.api.Assertions.assertArrayEquals(expected, Draws.draw(init, weight));
    }
  }

  @Test
  void gainsMayFollowTheActivation() {
    WeightSpec plain = Draws.weight(4, 3, 3, 3);
    WeightSpec relu = new WeightSpec(plain.shape(), 0, plain.fans(), Math.sqrt(2));
    follows(Orthogonal.orthogonal(), Orthogonal.orthogonal().gainOfActivation(), relu);
    follows(
        DeltaOrthogonal.deltaOrthogonal(),
        DeltaOrthogonal.deltaOrthogonal().gainOfActivation(),
        relu);
    follows(
        ConvOrthogonal.convOrthogonal(), ConvOrthogonal.convOrthogonal().gainOfActivation(), relu);
    follows(Xavier.xavier(), Xavier.xavier().gainOfActivation(), relu);
  }

  private static void follows(Initializer one, Initializer auto, WeightSpec relu) {
    double[] a = Draws.draw(one, relu);
    double[] b = Draws.draw(auto, relu);
    for (int i = 0; i < a.length; i++) {
      assertEquals(Math.sqrt(2) * a[i], b[i], 1e-15, auto.toString());
    }
  }

  @Test
  void fewerOutputsThanInputsAreRefused() {
    WeightSpec weight = Draws.weight(3, 4, 3, 3);
    assertEquals(
        "has 4 channels in and 3 out, and deltaOrthogonal needs at least as many out as in: take"
            + " another init for this layer, e.g. orthogonal",
        assertThrows(
                IllegalArgumentException.class,
                () -> DeltaOrthogonal.deltaOrthogonal().check(weight))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> ConvOrthogonal.convOrthogonal().check(weight));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            DeltaOrthogonal.deltaOrthogonal()
                .check(new WeightSpec(Shape.of(5), 0, new Fans(1, 1), 1)));
  }

  private static void isometric(Initializer init, int out, int in, int kernel, double gain) {
    double[] w = Draws.draw(init, Draws.weight(out, in, kernel, kernel));
    columnsOf(map(w, out, in, kernel, true), gain);
  }

  /** The columns of a map are orthogonal, each of that length. */
  private static void columnsOf(double[][] map, double gain) {
    for (int i = 0; i < map[0].length; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (double[] row : map) {
          dot += row[i] * row[j];
        }
        assertEquals(i == j ? gain * gain : 0, dot, EXACT);
      }
    }
  }

  /** The convolution of images whose borders go round, as a matrix. */
  private static double[][] map(double[] w, int out, int in, int kernel, boolean outputsFirst) {
    double[][] map = new double[out * SIDE * SIDE][in * SIDE * SIDE];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int a = 0; a < kernel; a++) {
          for (int b = 0; b < kernel; b++) {
            int pair = outputsFirst ? o * in + i : i * out + o;
            double tap = w[(pair * kernel + a) * kernel + b];
            for (int y = 0; y < SIDE; y++) {
              for (int x = 0; x < SIDE; x++) {
                int from = (i * SIDE + (y + a) % SIDE) * SIDE + (x + b) % SIDE;
                map[(o * SIDE + y) * SIDE + x][from] += tap;
              }
            }
          }
        }
      }
    }
    return map;
  }

  /**
   * The singular values of the convolution of square images whose borders go round, each twice: of
   * the complex matrix of each frequency, written as a real one of twice the size (Sedghi et al.,
   * arXiv:1805.10408, theorem 6).
   */
  private static double[] ofFrequencies(double[] w, int channels, int kernel, int side) {
    int each = 2 * channels;
    double[] all = new double[side * side * each];
    for (int f = 0; f < side * side; f++) {
      DMatrixRMaj block = new DMatrixRMaj(each, each);
      for (int pair = 0; pair < channels * channels; pair++) {
        double re = 0;
        double im = 0;
        for (int tap = 0; tap < kernel * kernel; tap++) {
          double turns = (double) (f / side * (tap / kernel) + f % side * (tap % kernel)) / side;
          re += w[pair * kernel * kernel + tap] * Math.cos(2 * Math.PI * turns);
          im += w[pair * kernel * kernel + tap] * Math.sin(2 * Math.PI * turns);
        }
        int row = pair / channels;
        int column = pair % channels;
        block.set(row, column, re);
        block.set(row + channels, column + channels, re);
        block.set(row, column + channels, -im);
        block.set(row + channels, column, im);
      }
      System.arraycopy(SingularOps_DDRM.singularValues(block), 0, all, f * each, each);
    }
    return all;
  }
}
