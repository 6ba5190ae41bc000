package dev.sparring.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** One attempt to read a file of some bytes. */
final class Reading {
  private static final int LONGEST = 5000;

  private Reading() {}

  /**
   * Reads the bytes as a file; they are read, or refused in one plain line.
   *
   * @param name the file's name
   * @param refusal the exception that may say what is wrong; all others go on to Jazzer
   */
  static void of(
      byte[] bytes, String name, Class<? extends Exception> refusal, Consumer<Path> read) {
    Path folder = Folder.PATH;
    Path file = folder.resolve(name);
    try {
      Files.write(file, bytes);
      read.accept(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      if (!refusal.isInstance(e)) {
        throw e;
      }
      String message = String.valueOf(e.getMessage());
      if (!message.startsWith(folder.toString())
          || message.length() > LONGEST
          || message.chars().anyMatch(c -> c < ' ')) {
        throw new AssertionError("no plain line: " + message, e);
      }
    }
  }

  /** A folder for the process, in memory where there is a file system for that. */
  private static final class Folder {
    private static final Path PATH = make();

    private Folder() {}

    private static Path make() {
      Path memory = Path.of("/dev/shm");
      try {
        Path folder =
            Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "fuzz")
                : Files.createTempDirectory("fuzz");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path folder) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
        Files.delete(folder);
      } catch (IOException e) {
        // The system empties its folders of temporary files.
      }
    }
  }
}
