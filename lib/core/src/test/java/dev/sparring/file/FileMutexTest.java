package dev.sparring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileMutexTest {
  @TempDir Path folder;

  private Path lock() {
    return folder.resolve("a.lock");
  }

  private static void nobodyWaits() {
    throw new AssertionError("the lock is free");
  }

  @Test
  void whoIsAloneWorksAtOnceAndAgain() throws IOException {
    assertEquals(3, FileMutex.holding(lock(), FileMutexTest::nobodyWaits, () -> 3));
    assertEquals(
        "broken",
        assertThrows(
                IllegalStateException.class,
                () ->
                    FileMutex.holding(
                        lock(),
                        FileMutexTest::nobodyWaits,
                        () -> {
                          throw new IllegalStateException("broken");
                        }))
            .getMessage());
    assertEquals(4, FileMutex.holding(lock(), FileMutexTest::nobodyWaits, () -> 4));
    assertTrue(Files.exists(lock()));
  }

  @Test
  void threadsWorkOneAfterTheOther() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  FileMutex.holding(
                      lock(),
                      () -> {},
                      () -> {
                        seen.add(inside.incrementAndGet());
                        pause();
                        return inside.decrementAndGet();
                      });
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(1, 1, 1, 1), seen);
  }

  private static void pause() {
    try {
      Thread.sleep(30);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Holds the lock that it is given until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      FileMutex.holding(
          Path.of(arguments[0]),
          () -> {},
          () -> {
            System.out.println("held");
            try {
              return System.in.read();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  @Test
  void anotherProcessIsWaitedForEvenIfItDies() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                lock().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("held", out.readLine());
      CountDownLatch waiting = new CountDownLatch(1);
      CompletableFuture<Boolean> aliveBehind =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return FileMutex.holding(lock(), waiting::countDown, holder::isAlive);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertTrue(waiting.await(30, TimeUnit.SECONDS), "it should have waited");
      holder.destroyForcibly().waitFor();
      assertEquals(false, aliveBehind.get(30, TimeUnit.SECONDS));
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    CompletableFuture<Throwable> ending = new CompletableFuture<>();
    CountDownLatch waiting = new CountDownLatch(1);
    Thread second =
        new Thread(
            () ->
                ending.complete(
                    assertThrows(
                        IOException.class,
                        () -> FileMutex.holding(lock(), waiting::countDown, () -> 0))));
    Throwable thrown =
        FileMutex.holding(
            lock(),
            FileMutexTest::nobodyWaits,
            () -> {
              second.start();
              try {
                waiting.await();
                second.interrupt();
                Throwable end = ending.get(30, TimeUnit.SECONDS);
                assertIsLocked();
                return end;
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertEquals(InterruptedIOException.class, thrown.getClass());
  }

  /** A thread that opened and closed the file would have ended the lock of the other thread. */
  private void assertIsLocked() throws IOException {
    Path locks = Path.of("/proc/locks");
    if (Files.isReadable(locks)) {
      String inode = ":" + Files.getAttribute(lock(), "unix:ino") + " ";
      String own = " " + ProcessHandle.current().pid() + " ";
      assertTrue(
          Files.readAllLines(locks).stream().anyMatch(l -> l.contains(inode) && l.contains(own)),
          "the lock should still be there");
    }
  }

  @Test
  void whoHoldsItDoesNotTakeItAgain() throws IOException {
    Path file = lock();
    String message =
        FileMutex.holding(
            file,
            FileMutexTest::nobodyWaits,
            () ->
                assertThrows(
                        IOException.class,
                        () -> FileMutex.holding(file, FileMutexTest::nobodyWaits, () -> 0))
                    .getMessage());
    assertEquals(file + ": this thread holds the lock already", message);
  }
}
