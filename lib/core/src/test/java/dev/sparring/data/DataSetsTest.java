package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.tensor.Shape;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataSetsTest {
  private static final Shape PAIR = Shape.of(2);

  @Test
  void holdsWhatItIsGiven() {
    DataSet set = DataSets.of(PAIR, new float[] {1, 2, 3, 4}, new int[] {7, 0});
    float[] target = new float[3];
    set.read(1, target, 1);
    assertArrayEquals(new float[] {0, 3, 4}, target);
    assertEquals(2, set.size());
    assertEquals(PAIR, set.sampleShape());
    assertEquals(OptionalInt.of(7), set.label(0));
    assertEquals(OptionalInt.empty(), DataSets.of(PAIR, new float[] {1, 2}, null).label(0));
  }

  @Test
  void fingerprintsTellSamplesShapesAndLabelsApart() {
    float[] values = {1, 2, 3, 4};
    String print = DataSets.of(PAIR, values, null).fingerprint();
    assertEquals(print, DataSets.of(PAIR, values.clone(), null).fingerprint());
    assertNotEquals(print, DataSets.of(Shape.of(1, 2), values, null).fingerprint());
    assertNotEquals(print, DataSets.of(PAIR, values, new int[2]).fingerprint());
    assertNotEquals(print, DataSets.of(PAIR, new float[] {1, 2, 3, 5}, null).fingerprint());
  }

  @Test
  void refusesSizesThatDoNotFit() {
    refuses("5 numbers are no samples of shape (2), which hold 2 each", new float[5], null);
    refuses("0 numbers are no samples of shape (2), which hold 2 each", new float[0], null);
    refuses("3 labels are given for 2 samples", new float[4], new int[3]);
    refuses("the label of sample 1 must be >= 0, got -1", new float[4], new int[] {0, -1});
  }

  private static void refuses(String message, float[] values, int @Nullable [] labels) {
    assertEquals(
        message,
        assertThrows(DataException.class, () -> DataSets.of(PAIR, values, labels)).getMessage());
  }

  @Test
  void someSamplesAreADataSetToo() {
    DataSet all =
        DataSets.of(Shape.of(2), new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {4, 5, 6, 7});
    int[] indices = {3, 0, 3};
    DataSet some = DataSets.select(all, indices);
    indices[0] = 1;
    float[] target = new float[5];
    some.read(0, target, 1);
    some.read(1, target, 3);
    assertArrayEquals(new float[] {0, 7, 8, 1, 2}, target);
    assertEquals(3, some.size());
    assertEquals(Shape.of(2), some.sampleShape());
    assertEquals(7, some.label(2).getAsInt());
    assertEquals(
        DataSets.of(Shape.of(2), new float[] {7, 8, 1, 2, 7, 8}, new int[] {7, 4, 7}).fingerprint(),
        some.fingerprint());
    DataSet unlabelled = DataSets.of(Shape.of(2), new float[] {1, 2, 3, 4}, null);
    assertEquals(
        DataSets.of(Shape.of(2), new float[] {3, 4}, null).fingerprint(),
        DataSets.select(unlabelled, 1).fingerprint());
    assertEquals(
        "a data set must have at least 1 sample, none was chosen",
        assertThrows(DataException.class, () -> DataSets.select(all)).getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> DataSets.select(all, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> DataSets.select(all, 0, -1));
  }
}
