package dev.sparring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FolderLockTest {
  @TempDir Path dir;

  private Path folder() {
    return dir.resolve("run");
  }

  @Test
  void oneOwnerAtATimeAlsoWithinAProcess() throws IOException {
    assertEquals(Optional.empty(), FolderLock.holder(folder()));
    assertFalse(Files.exists(folder()), "a look writes nothing");
    FolderLock lock = FolderLock.take(folder());
    LockHolder holder = FolderLock.holder(folder()).orElseThrow();
    assertEquals(ProcessHandle.current().pid(), holder.process());
    assertEquals(LockHolder.thisHost(), holder.host());
    String message = folder() + ": is being written to by " + holder;
    assertEquals(
        message,
        assertThrows(FolderHeldException.class, () -> FolderLock.take(folder())).getMessage());
    Path detour = folder().resolve("../run");
    assertThrows(FolderHeldException.class, () -> FolderLock.requireFree(detour));
    lock.close();
    lock.close();
    assertEquals(0, Files.size(folder().resolve(FolderLock.FILE)));
    try (FolderLock again = FolderLock.take(folder())) {
      assertEquals(Optional.empty(), again.predecessor());
    }
  }

  /** The text of a lock replaces what is there: in a stranger's folder, any file of ours. */
  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Path other = Files.writeString(dir.resolve("mine"), "keep this");
    Files.createDirectories(folder());
    Path file = folder().resolve(FolderLock.FILE);
    for (Path target : new Path[] {other, dir.resolve("none"), dir}) {
      Files.createSymbolicLink(file, target);
      IOException e = assertThrows(IOException.class, () -> FolderLock.take(folder()));
      assertEquals("it is no file, but a link, a folder or a pipe; remove it", Reason.of(e));
      assertEquals(Optional.empty(), FolderLock.holder(folder()));
      Files.delete(file);
    }
    assertEquals("keep this", Files.readString(other));
    assertFalse(Files.exists(dir.resolve("none")));
    Files.createDirectory(file);
    assertThrows(IOException.class, () -> FolderLock.take(folder()));
  }

  /** Prints whether it can take the lock of a folder, and holds it until its input ends. */
  static final class Taker {
    private Taker() {}

    public static void main(String[] arguments) throws IOException {
      try (FolderLock lock = FolderLock.take(Path.of(arguments[0]))) {
        System.out.println("taken " + lock.isLost());
        System.in.read();
      } catch (FolderHeldException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private Process taker() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Taker.class.getName(),
            folder().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  @Test
  void anotherProcessIsRefusedUntilTheHolderDies() throws Exception {
    Process first = taker();
    try {
      assertEquals("taken false", firstLine(first));
      assertEquals(first.pid(), FolderLock.holder(folder()).orElseThrow().process());
      String refusal =
          assertThrows(FolderHeldException.class, () -> FolderLock.take(folder())).getMessage();
      assertTrue(refusal.contains("process " + first.pid() + " on "), refusal);
      first.destroyForcibly().waitFor();
      assertEquals(Optional.empty(), FolderLock.holder(folder()));
      try (FolderLock lock = FolderLock.take(folder())) {
        assertEquals(first.pid(), lock.predecessor().orElseThrow().process());
        // A look at what one holds must not end a POSIX lock.
        assertTrue(FolderLock.holder(folder()).isPresent());
        Process second = taker();
        assertEquals(
            folder() + ": is being written to by " + FolderLock.holder(folder()).orElseThrow(),
            firstLine(second));
        second.waitFor();
      }
    } finally {
      first.destroyForcibly();
    }
  }

  private FolderLock takeWithoutLocks() throws IOException {
    return FolderLock.take(
        folder(),
        (channel, shared) -> {
          throw new IOException("No locks available");
        });
  }

  private void recordOf(LockHolder holder) throws IOException {
    Files.createDirectories(folder());
    Files.write(folder().resolve(FolderLock.FILE), holder.toJson());
  }

  /** Some network file systems have none; then the text decides. */
  @Test
  void withoutLocksTheTextDecides() throws IOException {
    Instant since = Instant.parse("2026-11-29T00:42:09Z");
    LockHolder here = LockHolder.here();
    for (LockHolder alive :
        new LockHolder[] {
          here,
          new LockHolder(here.process(), here.begun(), "elsewhere", since),
          // When it began is computed from a clock that is set now and then.
          new LockHolder(here.process(), here.begun() + 1_500, here.host(), since)
        }) {
      recordOf(alive);
      assertEquals(
          folder()
              + ": is being written to by "
              + alive
              + "; this file system has no locks: if that process is gone, delete "
              + folder().resolve(FolderLock.FILE),
          assertThrows(FolderHeldException.class, this::takeWithoutLocks).getMessage());
    }
    // A later process with the id of a dead one is not the holder.
    LockHolder dead = new LockHolder(here.process(), 1, here.host(), since);
    recordOf(dead);
    try (FolderLock lock = takeWithoutLocks()) {
      assertEquals(Optional.of(dead), lock.predecessor());
    }
    try (FolderLock lock = takeWithoutLocks()) {
      assertEquals(Optional.empty(), lock.predecessor());
    }
  }

  @Test
  void aFolderThatIsMovedAwayIsLost() throws IOException {
    try (FolderLock lock = FolderLock.take(folder())) {
      assertFalse(lock.isLost());
      Files.move(folder(), dir.resolve("moved"));
      assertTrue(lock.isLost());
      try (FolderLock other = FolderLock.take(folder())) {
        assertTrue(lock.isLost(), "another folder is there now");
        assertFalse(other.isLost());
      }
    }
  }

  @Test
  void damagedTextNamesNoHolderAndDoesNotBlock() throws IOException {
    Files.createDirectories(folder());
    for (String text : new String[] {"", "{", "{}", "{\"process\": \"x\"}", "[]", "\0\0"}) {
      Files.writeString(folder().resolve(FolderLock.FILE), text);
      try (FolderLock lock = FolderLock.take(folder())) {
        assertEquals(Optional.empty(), lock.predecessor());
      }
    }
  }
}
