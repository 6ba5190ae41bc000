package dev.sparring.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads files that are files. Of a pipe Java waits for a writer, for ever, and a device may never
 * end; either may stand in the place of a file in a folder of a stranger's.
 */
public final class RegularFile {
  /** The largest text that is read as a whole; those of runs have some kilobytes. */
  private static final long LARGEST = 1L << 26;

  private RegularFile() {}

  /**
   * All bytes of a small file, such as one of JSON.
   *
   * @throws IOException if it is missing, no file, larger than 64 MiB, or cannot be read
   */
  public static byte[] bytes(Path file) throws IOException {
    return bytes(file, LARGEST);
  }

  /** The same with another largest size, in bytes. */
  public static byte[] bytes(Path file, long largest) throws IOException {
    require(file);
    long size = Files.size(file);
    if (size > largest) {
      throw new FileSystemException(
          file.toString(), null, "it has " + size + " bytes; at most " + largest + " are read");
    }
    return Files.readAllBytes(file);
  }

  /**
   * A text in UTF-8, of any size.
   *
   * @throws IOException if it is missing, no file, or no such text
   */
  public static String text(Path file) throws IOException {
    return text(file, StandardCharsets.UTF_8);
  }

  /** The same in another encoding. */
  public static String text(Path file, Charset encoding) throws IOException {
    require(file);
    return Files.readString(file, encoding);
  }

  /**
   * A text in UTF-8, line by line.
   *
   * @throws IOException if it is missing or no file
   */
  public static BufferedReader reader(Path file) throws IOException {
    require(file);
    return Files.newBufferedReader(file);
  }

  /**
   * Its bytes, piece by piece.
   *
   * @throws IOException if it is missing or no file
   */
  public static InputStream open(Path file) throws IOException {
    require(file);
    return Files.newInputStream(file);
  }

  /**
   * Its bytes by their position.
   *
   * @throws IOException if it is missing or no file
   */
  public static FileChannel channel(Path file) throws IOException {
    require(file);
    return FileChannel.open(file);
  }

  /**
   * Why there is nothing to read, for a look before the file is opened.
   *
   * @return {@code no such file}, or what there is instead; empty for a file
   */
  public static Optional<String> problem(Path file) {
    if (Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (Files.isDirectory(file)) {
      return Optional.of("it is a folder");
    }
    return Optional.of(Files.exists(file) ? "it is a pipe, a socket or a device" : "no such file");
  }

  /** A missing file is left to what opens it. */
  private static void require(Path file) throws IOException {
    Optional<String> problem = problem(file);
    if (problem.isPresent() && Files.exists(file)) {
      throw new FileSystemException(file.toString(), null, problem.get());
    }
  }
}
