package dev.sparring.data;

import static dev.sparring.data.Opened.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import org.junit.jupiter.api.Test;

class SyntheticTest {
  @Test
  void ringCentresStartAtTheRightAndGoAgainstTheClock() {
    double[][] centres = Ring.ring().modes(4).radius(3).centres();
    assertArrayEquals(new double[] {3, 0}, centres[0], 1e-12);
    assertArrayEquals(new double[] {0, 3}, centres[1], 1e-12);
    assertArrayEquals(new double[] {-3, 0}, centres[2], 1e-12);
    assertEquals(8, Ring.ring().centres().length);
  }

  @Test
  void gridCentresAreThoseOfPacGan() {
    double[][] centres = Grid.grid().centres();
    assertEquals(25, centres.length);
    assertArrayEquals(new double[] {-4, -4}, centres[0]);
    assertArrayEquals(new double[] {-4, -2}, centres[1]);
    assertArrayEquals(new double[] {-2, -4}, centres[5]);
    assertArrayEquals(new double[] {4, 4}, centres[24]);
    assertArrayEquals(new double[] {-0.5, 0.5}, Grid.grid().side(2).spacing(1).centres()[1]);
  }

  @Test
  void centresAreACopy() {
    Grid grid = Grid.grid();
    grid.centres()[0][0] = 99;
    assertEquals(-4, grid.centres()[0][0]);
  }

  @Test
  void pointsLieAboutTheirModesWithTheirDeviation() {
    for (Mixture mixture : new Mixture[] {Ring.ring().points(8000), Grid.grid().points(8000)}) {
      DataSet data = ((Data) mixture).open(new Seed(5), line -> {});
      double[][] centres = mixture.centres();
      int[] hits = new int[centres.length];
      double[] sums = new double[2];
      double[] squares = new double[2];
      for (int i = 0; i < data.size(); i++) {
        int mode = data.label(i).getAsInt();
        hits[mode]++;
        float[] point = sample(data, i);
        for (int axis = 0; axis < 2; axis++) {
          double z = (point[axis] - centres[mode][axis]) / mixture.deviation();
          sums[axis] += z;
          squares[axis] += z * z;
        }
      }
      double expected = 8000.0 / centres.length;
      for (int hit : hits) {
        // Five standard deviations of a binomial count.
        assertEquals(expected, hit, 5 * Math.sqrt(expected));
      }
      for (int axis = 0; axis < 2; axis++) {
        assertEquals(0, sums[axis] / 8000, 0.06);
        assertEquals(1, squares[axis] / 8000, 0.08);
      }
    }
  }

  @Test
  void fewerPointsAreTheFirstOfMore() {
    DataSet few = Ring.ring().points(10).open(new Seed(5), line -> {});
    DataSet more = Ring.ring().points(20).open(new Seed(5), line -> {});
    for (int i = 0; i < 10; i++) {
      assertArrayEquals(sample(more, i), sample(few, i));
    }
    assertEquals(20, more.size());
  }

  @Test
  void theSeedDecides() {
    Data ring = Ring.ring().points(50);
    String one = ring.open(new Seed(1), line -> {}).fingerprint();
    assertEquals(one, ring.open(new Seed(1), line -> {}).fingerprint());
    assertNotEquals(one, ring.open(new Seed(2), line -> {}).fingerprint());
    assertNotEquals(one, Ring.ring().points(49).open(new Seed(1), line -> {}).fingerprint());
    assertEquals(64, one.length());
  }

  /** Recorded from a run: fails if a draw changes, which would change every synthetic result. */
  @Test
  void drawsStayWhatTheyAre() {
    assertEquals(
        "4576457400fc85d67bbc559c4f8f6f49c26548e331ec11e8103ff56957e9d81c",
        Ring.ring().points(1000).open(new Seed(42), line -> {}).fingerprint());
    assertEquals(
        "0cee7e411cc31367e8c770ed80b57ce47f5fc18b9eb77cfba493ac6bdb4bc411",
        Noise.noise(2, 3, 4).open(new Seed(42), line -> {}).fingerprint());
  }

  @Test
  void noiseIsUniformAndUnlabelled() {
    DataSet data = Noise.noise(3, 4, 5).samples(200).open(new Seed(1), line -> {});
    assertEquals(Shape.of(3, 4, 5), data.sampleShape());
    assertEquals(200, data.size());
    assertTrue(data.label(0).isEmpty());
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 200; i++) {
      for (float v : sample(data, i)) {
        assertTrue(v >= -1 && v <= 1);
        sum += v;
        squares += v * v;
      }
    }
    assertEquals(0, sum / 12000, 0.03);
    assertEquals(1.0 / 3, squares / 12000, 0.02);
  }
}
