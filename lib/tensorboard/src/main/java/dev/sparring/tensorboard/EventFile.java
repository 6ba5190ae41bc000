package dev.sparring.tensorboard;

import dev.sparring.file.Reason;
import dev.sparring.image.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An event file as TensorBoard reads it: a sequence of records, appended at its end. Each record is
 * written in one piece as soon as it is added, so that readers find whole records at any time. Not
 * thread-safe.
 *
 * <p>All event files of a folder are one run to TensorBoard, which reads them in the order of their
 * names. Each says from which step on it counts (by a {@code SessionLog} of status {@code START}):
 * TensorBoard discards earlier files' events from that step on. It ignores the first such event of
 * a run, so that the first file needs one too.
 */
public final class EventFile implements AutoCloseable {
  private static final String PREFIX = "events.out.tfevents.";
  private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "(\\d{10,18})\\..*");

  private final Path path;
  private final OutputStream out;
  private boolean torn;

  /** Writes into a stream that becomes this file, and closes it at the end. */
  EventFile(Path path, OutputStream out, Instant time, long step) throws IOException {
    this.path = path;
    this.out = out;
    add(Events.version(time));
    add(Events.start(time, step));
  }

  /**
   * Begins a file in a folder, which is created if necessary. Its name sorts after those of the
   * existing event files.
   *
   * @param step the step with which the run begins or resumes
   * @throws IOException if the folder cannot be written to
   */
  public static EventFile create(Path folder, long step) throws IOException {
    Files.createDirectories(folder);
    Instant now = Instant.now();
    Path path = folder.resolve(nextName(folder, now));
    OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW);
    try {
      return new EventFile(path, out, now, step);
    } catch (IOException e) {
      out.close();
      throw new IOException(path.getFileName() + ": " + Reason.of(e), e);
    }
  }

  /** events.out.tfevents.SECONDS.HOST.PROCESS, which is how TensorFlow names them. */
  static String nextName(Path folder, Instant time) throws IOException {
    // A run resumed within a second, or with another clock, must be read after its beginning.
    long seconds = Math.max(time.getEpochSecond(), newest(folder).orElse(0) + 1);
    return String.format(
        Locale.ROOT, "%s%010d.%s.%d", PREFIX, seconds, host(), ProcessHandle.current().pid());
  }

  /** Whether a folder has event files. */
  static boolean areIn(Path folder) throws IOException {
    return Files.isDirectory(folder) && newest(folder).isPresent();
  }

  private static OptionalLong newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> NAME.matcher(f.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToLong(m -> Long.parseLong(m.group(1)))
          .max();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "-");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Adds numbers, which become single precision; a number beyond its range becomes infinite. NaN
   * and infinities are written as they are.
   *
   * @param values by tag; TensorBoard groups tags by the part before the first slash
   */
  public void scalars(Instant time, long step, Map<String, Double> values) throws IOException {
    add(Events.scalars(time, step, values));
  }

  /** Adds a picture. */
  public void image(Instant time, long step, String tag, BufferedImage picture) throws IOException {
    image(time, step, tag, picture, Png.bytes(picture));
  }

  /** Adds a picture that is already a PNG file. */
  void image(Instant time, long step, String tag, BufferedImage picture, byte[] png)
      throws IOException {
    add(Events.image(time, step, tag, picture, png));
  }

  private void add(byte[] event) throws IOException {
    if (torn) {
      throw new IOException("an earlier record could not be written whole");
    }
    torn = true;
    out.write(Records.frame(event));
    torn = false;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
