package dev.sparring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Java's exceptions about files in words; the message of most is only the path. */
class ReasonTest {
  @TempDir Path dir;

  private static void says(String reason, Executable fails) {
    assertEquals(reason, Reason.of(assertThrows(Exception.class, fails)));
  }

  @Test
  void whatTheFileSystemSays() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "x");
    says("no such file or folder", () -> Files.readString(dir.resolve("none")));
    says("there is a file of this name already", () -> Files.createDirectory(file));
    says("the folder is not empty", () -> Files.delete(dir));
    says("permission denied", () -> refuse("/x"));
    says("No space left on device", () -> fail("/x", "No space left on device"));
    says("the file system refuses it", () -> fail("/x", null));
    says("File name too long", () -> Files.createFile(dir.resolve("n".repeat(300))));
  }

  private static void refuse(String path) throws IOException {
    throw new AccessDeniedException(path);
  }

  private static void fail(String path, String reason) throws IOException {
    throw new FileSystemException(path, null, reason);
  }

  @Test
  void olderClassesOfJava() throws IOException {
    says("no such file or folder", () -> new FileInputStream(dir.resolve("none").toFile()).close());
    says("it is a folder", () -> new FileInputStream(dir.toFile()).close());
    Path latin = Files.write(dir.resolve("latin"), "\u00e4".getBytes(StandardCharsets.ISO_8859_1));
    says("it is not text in UTF-8", () -> Files.readString(latin));
    assertEquals("it ends too early", Reason.of(new EOFException()));
    assertEquals("IOException", Reason.of(new IOException()));
    assertEquals("broken", Reason.of(new IOException("broken\n at line 3")));
  }

  @Test
  void textsThatAreNoPaths() {
    assertEquals(
        "no file can be named so: Nul character not allowed",
        Reason.of(new InvalidPathException("a\0b", "Nul character not allowed")));
    assertEquals(
        "the locale's encoding, "
            + System.getProperty("sun.jnu.encoding")
            + ", has not all of its letters; set LC_ALL=C.UTF-8",
        Reason.of(
            new InvalidPathException(
                "\u0444", "Malformed input or input contains unmappable characters")));
  }

  @Test
  void theFileThatFailedIsNamed() {
    AccessDeniedException denied = new AccessDeniedException("/a/b");
    assertEquals(
        "/a/b: cannot be written: permission denied",
        Reason.line(denied, Path.of("/a/b/c"), "cannot be written"));
    assertEquals(
        "x: cannot be read: torn",
        Reason.line(new IOException("torn"), Path.of("x"), "cannot be read"));
  }
}
