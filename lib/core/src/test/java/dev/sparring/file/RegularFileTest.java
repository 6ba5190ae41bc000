package dev.sparring.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RegularFileTest {
  @TempDir Path folder;

  /** Every way to read. */
  private static List<Executable> ways(Path file) {
    return List.of(
        () -> RegularFile.bytes(file),
        () -> RegularFile.text(file),
        () -> RegularFile.text(file, StandardCharsets.ISO_8859_1),
        () -> RegularFile.reader(file).close(),
        () -> RegularFile.open(file).close(),
        () -> RegularFile.channel(file).close(),
        () -> Sha256.of(file));
  }

  private static void refused(Path file, String reason) {
    String first = reason.equals("no such file or folder") ? "no such file" : reason;
    assertEquals(first, RegularFile.problem(file).orElseThrow());
    for (Executable way : ways(file)) {
      assertEquals(reason, Reason.of(assertThrows(IOException.class, way)));
    }
  }

  @Test
  void filesAreRead() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "für\n");
    byte[] bytes = "für\n".getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(bytes, RegularFile.bytes(file));
    assertEquals("für\n", RegularFile.text(file));
    assertEquals(true, RegularFile.problem(file).isEmpty());
    try (var reader = RegularFile.reader(file);
        var in = RegularFile.open(file);
        var channel = RegularFile.channel(file)) {
      assertEquals("für", reader.readLine());
      assertArrayEquals(bytes, in.readAllBytes());
      assertEquals(bytes.length, channel.size());
    }
  }

  @Test
  void aPipeIsNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
    assertEquals(0, new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor());
    refused(pipe, "it is a pipe, a socket or a device");
  }

  @Test
  void aDeviceIsNotRead() {
    Path zeros = Path.of("/dev/zero");
    assumeTrue(Files.exists(zeros));
    refused(zeros, "it is a pipe, a socket or a device");
  }

  @Test
  void foldersAndMissingFilesAreSaidToBe() {
    refused(folder, "it is a folder");
    refused(folder.resolve("none"), "no such file or folder");
    assertThrows(NoSuchFileException.class, () -> RegularFile.bytes(folder.resolve("none")));
  }

  @Test
  void aTextOfGigabytesIsNotRead() throws IOException {
    Path large = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(3_000_000_000L);
    }
    assertEquals(
        "it has 3000000000 bytes; at most 67108864 are read",
        Reason.of(assertThrows(IOException.class, () -> RegularFile.bytes(large))));
  }
}
