package dev.sparring.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files atomically: to a temporary file in the same folder, which is synced and renamed. If
 * the process is killed in between, the old file stays.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the contents of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it; need not close the stream. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, replacing the one that is there.
   *
   * @param file in a folder that exists
   * @throws IOException if the folder cannot be written to, or the content throws it; the old file
   *     stays then
   */
  public static void write(Path file, Content content) throws IOException {
    // Not createTempFile: its files are readable by the owner only, and so would this one be. The
    // process id is in the name because two processes may write the same file.
    Path beside =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try (FileChannel channel =
              FileChannel.open(
                  beside,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Writes a text in UTF-8; as {@link #write}. */
  public static void writeText(Path file, String text) throws IOException {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
