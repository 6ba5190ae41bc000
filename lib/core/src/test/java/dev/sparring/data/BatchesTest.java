package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchesTest {
  /** Sample i is (i, 10 i). */
  private static DataSet numbered(int size) {
    float[] values = new float[2 * size];
    for (int i = 0; i < size; i++) {
      values[2 * i] = i;
      values[2 * i + 1] = 10 * i;
    }
    return new FloatSet(Shape.of(2), values, null);
  }

  @Property
  void everyEpochReadsEachSampleOnce(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 50) int batchSize,
      @ForAll long seed) {
    Batches batches = new Batches(numbered(size), new Seed(seed), batchSize);
    int epochs = 3;
    int count = (size * epochs + batchSize - 1) / batchSize;
    int[] all = IntStream.range(0, count).flatMap(b -> Arrays.stream(batches.indices(b))).toArray();
    for (int e = 0; e < epochs; e++) {
      int[] epoch = Arrays.copyOfRange(all, e * size, (e + 1) * size);
      assertArrayEquals(new Seed(seed).stream("order", e).permutation(size), epoch);
      Arrays.sort(epoch);
      assertArrayEquals(IntStream.range(0, size).toArray(), epoch);
    }
  }

  @Property
  void aBatchDependsOnItsIndexAlone(
      @ForAll @IntRange(min = 1, max = 20) int size,
      @ForAll @IntRange(min = 1, max = 30) int batchSize,
      @ForAll @IntRange(max = 100) int index) {
    Batches through = new Batches(numbered(size), new Seed(7), batchSize);
    float[] last = {};
    for (int i = 0; i <= index; i++) {
      last = through.batch(i);
    }
    assertArrayEquals(last, new Batches(numbered(size), new Seed(7), batchSize).batch(index));
    through.batch(0);
    assertArrayEquals(last, through.batch(index));
  }

  @Test
  void batchHoldsTheSamplesOfItsIndicesInOrder() {
    Batches batches = new Batches(numbered(5), new Seed(3), 7);
    int[] indices = batches.indices(2);
    float[] values = batches.batch(2);
    assertEquals(14, values.length);
    for (int i = 0; i < 7; i++) {
      assertEquals(indices[i], values[2 * i]);
      assertEquals(10 * indices[i], values[2 * i + 1]);
    }
  }

  @Test
  void inOrderEveryEpochIsTheSame() {
    Batches batches = new Batches(numbered(5), new Seed(3), 3).shuffled(false);
    assertArrayEquals(new int[] {0, 1, 2}, batches.indices(0));
    assertArrayEquals(new int[] {3, 4, 0}, batches.indices(1));
    assertArrayEquals(new int[] {1, 2, 3}, batches.indices(2));
    assertArrayEquals(
        new Batches(numbered(5), new Seed(3), 3).indices(1), batches.shuffled(true).indices(1));
  }

  @Test
  void epochsAndSeedsDiffer() {
    Batches batches = new Batches(numbered(100), new Seed(1), 100);
    assertFalse(Arrays.equals(batches.indices(0), batches.indices(1)));
    int[] other = new Batches(numbered(100), new Seed(2), 100).indices(0);
    assertFalse(Arrays.equals(batches.indices(0), other));
  }

  @Test
  void indicesFarBeyondIntWork() {
    Batches batches = new Batches(numbered(3), new Seed(1), 2);
    assertEquals(2, batches.indices(1L << 40).length);
  }

  @Test
  void refusesWhatCannotBe() {
    assertEquals(
        "batch size must be >= 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> new Batches(numbered(3), new Seed(1), 0))
            .getMessage());
    assertEquals(
        "a batch of 2000000000 samples of (2) is too large",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Batches(numbered(3), new Seed(1), 2_000_000_000))
            .getMessage());
    assertEquals(
        "batch index must be >= 0, got -1",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Batches(numbered(3), new Seed(1), 2).indices(-1))
            .getMessage());
  }
}
