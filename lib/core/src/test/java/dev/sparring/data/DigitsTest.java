package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import org.junit.jupiter.api.Test;

class DigitsTest {
  @Test
  void theFirstDigitIsTheZeroOfTheFile() {
    DataSet data = Digits.digits().open(new Seed(1), line -> {});
    assertEquals(1797, data.size());
    assertEquals(Shape.of(1, 8, 8), data.sampleShape());
    assertEquals(0, data.label(0).getAsInt());
    assertEquals(8, data.label(1796).getAsInt());
    float[] target = new float[66];
    target[0] = 7;
    target[65] = 7;
    data.read(0, target, 1);
    // The first two rows: 0 0 5 13 9 1 0 0 and 0 0 13 15 10 15 5 0.
    float[] rows = {
      7, -1, -1, -.375f, .625f, .125f, -.875f, -1, -1, -1, -1, .625f, .875f, .25f, .875f, -.375f, -1
    };
    for (int i = 0; i < rows.length; i++) {
      assertEquals(rows[i], target[i], 0f);
    }
    assertEquals(7, target[65]);
  }

  @Test
  void classesAreThoseOfTheSource() {
    DataSet data = Digits.digits().open(new Seed(1), line -> {});
    int[] counts = new int[10];
    for (int i = 0; i < data.size(); i++) {
      counts[data.label(i).getAsInt()]++;
    }
    assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, counts);
  }

  @Test
  void enlargedDigitsStayInRangeAndKeepTheirInk() {
    DataSet small = Digits.digits().open(new Seed(1), line -> {});
    DataSet large = Digits.digits().size(32).open(new Seed(1), line -> {});
    assertEquals(Shape.of(1, 32, 32), large.sampleShape());
    assertEquals(Digits.digits().size(32).sampleShape(), large.sampleShape());
    assertNotEquals(small.fingerprint(), large.fingerprint());
    float[] before = new float[64];
    float[] after = new float[1024];
    for (int i = 0; i < 20; i++) {
      small.read(i, before, 0);
      large.read(i, after, 0);
      assertEquals(small.label(i), large.label(i));
      double sum = 0;
      for (float v : before) {
        sum += v;
      }
      double largeSum = 0;
      for (float v : after) {
        assertTrue(v >= -1 && v <= 1);
        largeSum += v;
      }
      assertEquals(sum / 64, largeSum / 1024, 0.05);
    }
  }
}
