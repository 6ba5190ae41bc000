package dev.sparring.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  private final List<Long> here = new ArrayList<>();
  private final List<Long> there = Collections.synchronizedList(new ArrayList<>());
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private float[] here(long number) {
    here.add(number);
    return new float[] {number};
  }

  private float[] there(long number) {
    threads.add(Thread.currentThread());
    there.add(number);
    return new float[] {number};
  }

  private static void assertIs(long number, float[] batch) {
    assertArrayEquals(new float[] {number}, batch);
  }

  @Test
  void oneIsReadHereAndTheOthersAhead() {
    try (ReadAhead ahead = new ReadAhead()) {
      LongFunction<float[]> batches = ahead.of(this::here, this::there, 0);
      for (long i = 70; i < 90; i++) {
        float[] batch = batches.apply(i);
        assertIs(i, batch);
        assertSame(batch, batches.apply(i), "asked again");
      }
    }
    assertEquals(List.of(70L), here);
    assertEquals(1, threads.size());
    assertNotSame(Thread.currentThread(), threads.iterator().next());
    assertFalse(threads.iterator().next().isAlive());
    for (int i = 0; i < 19; i++) {
      assertEquals(71L + i, there.get(i));
    }
  }

  /** Whatever is not asked for is not read: the queue is bounded. */
  @Test
  void notMoreThanTwoAreReadAhead() throws InterruptedException {
    try (ReadAhead ahead = new ReadAhead()) {
      LongFunction<float[]> batches = ahead.of(this::here, this::there, 0);
      assertIs(0, batches.apply(0));
      for (int waited = 0; there.size() < 2 && waited < 1000; waited++) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      TimeUnit.MILLISECONDS.sleep(50);
      assertEquals(List.of(1L, 2L), there);
    }
  }

  /** The batches of an update of the discriminator may come again for the generator. */
  @Test
  void batchesThatComeAgainAreNotReadAgain() {
    try (ReadAhead ahead = new ReadAhead()) {
      LongFunction<float[]> batches = ahead.of(this::here, this::there, 3);
      for (long update = 0; update < 10; update++) {
        for (int times = 0; times < 3; times++) {
          for (long part = 0; part < 4; part++) {
            assertIs(4 * update + part, batches.apply(4 * update + part));
          }
        }
      }
    }
    assertEquals(List.of(0L), here);
    assertEquals(there.stream().distinct().toList(), there);
  }

  @Test
  void batchesOutOfTurnAreRightToo() {
    try (ReadAhead ahead = new ReadAhead()) {
      LongFunction<float[]> batches = ahead.of(this::here, this::there, 1);
      for (long number : new long[] {5, 6, 0, 1, 900, 7, 8, 9, 9, 8, 3, 10, 11}) {
        assertIs(number, batches.apply(number));
      }
    }
  }

  @Test
  void anErrorWaitsForItsBatch() {
    DataException broken = new DataException("a.png: is broken");
    try (ReadAhead ahead = new ReadAhead()) {
      LongFunction<float[]> batches =
          ahead.of(
              this::here,
              number -> {
                if (number == 2) {
                  throw broken;
                }
                return there(number);
              },
              0);
      assertIs(0, batches.apply(0));
      assertIs(1, batches.apply(1));
      assertSame(broken, assertThrows(DataException.class, () -> batches.apply(2)));
    }
    try (ReadAhead ahead = new ReadAhead()) {
      LongFunction<float[]> batches =
          ahead.of(
              this::here,
              number -> {
                throw new OutOfMemoryError("the test's");
              },
              0);
      assertIs(0, batches.apply(0));
      assertThrows(OutOfMemoryError.class, () -> batches.apply(1));
    }
  }

  /** An end does not wait for batches that are no longer needed. */
  @Test
  void closingInterruptsAReading() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    ReadAhead ahead = new ReadAhead();
    LongFunction<float[]> batches =
        ahead.of(
            this::here,
            number -> {
              threads.add(Thread.currentThread());
              begun.countDown();
              try {
                TimeUnit.HOURS.sleep(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new float[0];
            },
            0);
    assertIs(0, batches.apply(0));
    assertTrue(begun.await(30, TimeUnit.SECONDS));
    ahead.close();
    assertFalse(threads.iterator().next().isAlive());
    new ReadAhead().close();
  }
}
