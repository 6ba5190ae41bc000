package dev.sparring.safetensors;

import dev.sparring.file.Reason;
import dev.sparring.setting.Shown;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A file of named tensors in the safetensors format (github.com/huggingface/safetensors): eight
 * bytes of header length, a JSON header, the numbers; all little-endian, row-major.
 *
 * <p>The header is read strictly: no duplicate names, no gaps, no overlaps, nothing after the last
 * tensor, because a file that does not match its header exactly may hold damaged weights. It may
 * have 16 MB, enough for some 100,000 tensors; the format's own limit is 100 MB.
 *
 * <p>Numbers are read from F64, F32, F16 and BF16, each exactly. Tensors of the format's other
 * types may be in the file, and cannot be read.
 */
public final class Safetensors {
  private static final int MAX_HEADER = 16_000_000;
  private static final int PIECE = 1 << 20;
  private static final int LONGEST_REASON = 300;

  private final Path file;
  private final long dataStart;
  private final Map<String, TensorEntry> entries;
  private final Map<String, String> metadata;

  private Safetensors(Path file, long dataStart, Header header) {
    this.file = file;
    this.dataStart = dataStart;
    this.entries = Collections.unmodifiableMap(header.entries());
    this.metadata = Collections.unmodifiableMap(header.metadata());
  }

  /**
   * Writes tensors in the order of the map and syncs the file to disk.
   *
   * @return the SHA-256 of what was written, in hexadecimal
   */
  public static String write(
      Path file, Precision precision, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    return SafetensorsWriter.write(file, precision, tensors, metadata);
  }

  /**
   * Reads a file's header.
   *
   * @throws SafetensorsException if it is missing or not a safetensors file; what it is instead is
   *     said if it is known
   */
  public static Safetensors open(Path file) {
    if (Files.isDirectory(file)) {
      throw new SafetensorsException(file + ": is a folder; expected a safetensors file");
    }
    if (!Files.exists(file)) {
      throw new SafetensorsException(file + ": no such file");
    }
    // Opening a pipe would wait for its writer, for ever.
    if (!Files.isRegularFile(file)) {
      throw new SafetensorsException(file + ": is no regular file; expected a safetensors file");
    }
    try (FileChannel in = FileChannel.open(file)) {
      int length = headerLength(in);
      byte[] json = Bytes.read(in, Long.BYTES, length).array();
      long start = (long) Long.BYTES + length;
      return new Safetensors(file, start, Header.read(json, in.size() - start));
    } catch (IOException e) {
      String other = OtherFormat.of(file).map(what -> "it is " + what).orElse(reason(e));
      throw new SafetensorsException(file + ": not a safetensors file: " + other, e);
    }
  }

  /** Jackson quotes the text where it fails. */
  private static String reason(IOException e) {
    String line = Shown.line(Reason.of(e));
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
  }

  private static int headerLength(FileChannel in) throws IOException {
    if (in.size() < Long.BYTES) {
      throw new IOException("it has only " + in.size() + " bytes");
    }
    long length = Bytes.read(in, 0, Long.BYTES).getLong();
    if (length < 2 || length > in.size() - Long.BYTES) {
      throw new IOException("its header cannot be " + length + " bytes long");
    }
    if (length > MAX_HEADER) {
      throw new IOException(
          "its header has " + length + " bytes; at most " + MAX_HEADER + " are read");
    }
    return (int) length;
  }

  /** The path of the file. */
  public Path file() {
    return file;
  }

  /** The names of the tensors, in the order of the header. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** The metadata in the header. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The shape of a tensor.
   *
   * @throws SafetensorsException if it is empty or too large
   */
  public Shape shape(String name) {
    TensorEntry e = entry(name);
    try {
      return e.shape();
    } catch (IllegalArgumentException | ArithmeticException x) {
      throw new SafetensorsException(
          file
              + ": "
              + Shown.quoted(name)
              + " is "
              + e.shown()
              + "; a weight has 1 to 2147483647 numbers",
          x);
    }
  }

  /** Whether a tensor has numbers, and of a type that is read. */
  public boolean isWeight(String name) {
    return entry(name).isRead() && !isEmpty(name);
  }

  /** Whether a tensor has no numbers, as an extent of its shape is 0. */
  public boolean isEmpty(String name) {
    return entry(name).dims().contains(0L);
  }

  /** The type of a tensor's numbers as the format calls it, e.g. {@code F32}. */
  public String type(String name) {
    return entry(name).type().name();
  }

  /**
   * The numbers of a tensor in row-major order.
   *
   * @throws SafetensorsException if they are not floating-point numbers of 16 bits or more, or
   *     cannot be read
   */
  public double[] doubles(String name) {
    TensorEntry e = entry(name);
    requireRead(name);
    double[] values = new double[shape(name).elements()];
    try (FileChannel in = FileChannel.open(file)) {
      int most = PIECE / e.type().bytes();
      int done = 0;
      while (done < values.length) {
        int n = Math.min(most, values.length - done);
        long position = dataStart + e.begin() + (long) done * e.type().bytes();
        ByteBuffer data = Bytes.read(in, position, n * e.type().bytes());
        for (int i = 0; i < n; i++) {
          values[done + i] = e.type().read(data);
        }
        done += n;
      }
      return values;
    } catch (IOException x) {
      throw new SafetensorsException(
          file + ": " + Shown.quoted(name) + " cannot be read: " + Reason.of(x), x);
    }
  }

  /**
   * Overwrites tensors with those of the same names in this file.
   *
   * @param engine the engine of the targets
   * @param complete whether every target must be in the file; every tensor of the file must always
   *     be among the targets
   * @throws SafetensorsException if names or shapes differ; nothing is overwritten then
   */
  public void restore(Map<String, Tensor> targets, Engine engine, boolean complete) {
    Set<String> unknown = new TreeSet<>(names());
    unknown.removeAll(targets.keySet());
    Set<String> missing = new TreeSet<>(targets.keySet());
    missing.removeAll(names());
    if (!unknown.isEmpty() || (complete && !missing.isEmpty())) {
      throw new SafetensorsException(
          file
              + ": does not fit the recipe's networks:"
              + (complete && !missing.isEmpty() ? " it lacks " + some(missing) : "")
              + (unknown.isEmpty() ? "" : " it has the unknown " + some(unknown)));
    }
    restoreKnown(targets, engine);
  }

  /**
   * As {@link #restore}, but ignores tensors that are only in the file or only among the targets.
   */
  public void restoreKnown(Map<String, Tensor> targets, Engine engine) {
    targets.forEach(
        (name, target) -> {
          if (entries.containsKey(name)) {
            requireShape(name, target.shape());
            requireRead(name);
          }
        });
    targets.forEach(
        (name, target) -> {
          if (entries.containsKey(name)) {
            engine.scope(() -> target.assign(engine.upload(doubles(name), target.shape())));
          }
        });
  }

  /**
   * The first tensor with a number that is not finite.
   *
   * @param looked which tensors are looked at, by name
   */
  public Optional<String> notFinite(Predicate<String> looked) {
    return names().stream()
        .filter(looked)
        .filter(name -> !Arrays.stream(doubles(name)).allMatch(Double::isFinite))
        .findFirst();
  }

  /**
   * Checks the shape of a tensor.
   *
   * @throws SafetensorsException if it is another one
   */
  public void requireShape(String name, Shape wanted) {
    TensorEntry e = entry(name);
    if (!e.dims().equals(wanted.dims().stream().map(Integer::longValue).toList())) {
      throw new SafetensorsException(
          file
              + ": "
              + Shown.quoted(name)
              + " is "
              + e.shown()
              + ", but the recipe needs "
              + wanted);
    }
  }

  /**
   * Checks that a tensor's numbers are of a type that is read.
   *
   * @throws SafetensorsException if they are not
   */
  public void requireRead(String name) {
    TensorEntry e = entry(name);
    if (!e.isRead()) {
      throw new SafetensorsException(
          file
              + ": "
              + Shown.quoted(name)
              + " is of type "
              + e.type()
              + "; weights are read from F64, F32, F16 and BF16");
    }
  }

  private TensorEntry entry(String name) {
    TensorEntry e = entries.get(name);
    if (e == null) {
      throw new SafetensorsException(file + ": has no tensor " + Shown.quoted(name));
    }
    return e;
  }

  private static String some(Set<String> names) {
    int limit = 3;
    String first = String.join(", ", names.stream().limit(limit).map(Shown::value).toList());
    return names.size() > limit ? first + " and " + (names.size() - limit) + " more" : first;
  }
}
