package dev.sparring.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.DataSet;
import dev.sparring.data.Digits;
import dev.sparring.extract.Pixels;
import dev.sparring.metric.Memorization;
import dev.sparring.random.Seed;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NearestImagesTest {
  private static final DataSet DIGITS = Digits.digits().open(new Seed(0), line -> {});

  /** Some of the digits: every third one from a first one on. */
  private static DataSet third(int first, int size) {
    return new DataSet() {
      @Override
      public dev.sparring.tensor.Shape sampleShape() {
        return DIGITS.sampleShape();
      }

      @Override
      public int size() {
        return size;
      }

      @Override
      public void read(int index, float[] target, int offset) {
        DIGITS.read(first + 3 * index, target, offset);
      }

      @Override
      public OptionalInt label(int index) {
        return DIGITS.label(first + 3 * index);
      }

      @Override
      public String fingerprint() {
        return "every third from " + first;
      }
    };
  }

  private static float[] images(DataSet data, int from, int count) {
    float[] images = new float[count * data.sampleShape().elements()];
    for (int i = 0; i < count; i++) {
      data.read(from + i, images, i * data.sampleShape().elements());
    }
    return images;
  }

  @Test
  void copiesOfTrainingImagesAreFound() {
    NearestImages found =
        NearestImages.of(
            images(third(0, 599), 100, 60), third(0, 599), third(1, 400), new Pixels(), 3, 7);
    for (int i = 0; i < 60; i++) {
      assertEquals(0, found.train().distance(i, 0));
      assertTrue(found.train().distance(i, 1) >= 0);
    }
    assertEquals(100, found.train().number(0, 0));
    assertEquals(599, found.train().size());
    assertEquals(400, found.heldOut().orElseThrow().size());
    Memorization memorization = found.memorization().orElseThrow();
    // Of as many training images as held-out ones: some of the copied ones are left out.
    assertEquals(400, memorization.size());
    assertTrue(memorization.share() > 0.6, memorization.toString());
  }

  @Test
  void otherImagesAreAsNearToBoth() {
    NearestImages found =
        NearestImages.of(
            images(third(2, 500), 0, 300), third(0, 599), third(1, 599), new Pixels(), 1, 7);
    Memorization memorization = found.memorization().orElseThrow();
    assertEquals(1, memorization.ratio().orElseThrow(), 0.05);
    assertEquals(0.5, memorization.share(), 0.09);
  }

  @Test
  void withoutHeldOutImagesNothingIsCompared() {
    NearestImages found =
        NearestImages.of(images(third(0, 599), 0, 4), third(0, 599), null, new Pixels(), 5, 7);
    assertEquals(3, found.train().number(3, 0));
    assertFalse(found.memorization().isPresent());
    assertFalse(found.heldOut().isPresent());
  }
}
