package dev.sparring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesWhatIsThere() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "something longer than what follows");
    AtomicFile.writeText(file, "Grüße\n");
    assertEquals("Grüße\n", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  /** Until the content is complete, readers see the old file. */
  @Test
  void theOldFileStaysUntilTheNewOneIsWhole() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "old");
    AtomicFile.write(
        file,
        out -> {
          out.write(new byte[100_000]);
          assertEquals("old", Files.readString(file));
        });
    assertEquals(100_000, Files.size(file));
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "old");
    IOException full = new IOException("disk full");
    assertSame(
        full,
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write("half".getBytes(StandardCharsets.UTF_8));
                      throw full;
                    })));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aMissingFolderIsSaid() {
    assertThrows(
        NoSuchFileException.class,
        () -> AtomicFile.writeText(folder.resolve("none").resolve("a.txt"), "x"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).toList();
    }
  }
}
