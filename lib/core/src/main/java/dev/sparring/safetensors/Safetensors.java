package dev.sparring.safetensors;

import dev.sparring.file.Json;
import dev.sparring.file.Sha256;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * tensor, because a file that does not match its header exactly may hold damaged weights.
 */
public final class Safetensors {
  // The limit of the reference implementation.
  private static final long MAX_HEADER = 100_000_000;
  private static final int ALIGNMENT = 8;

  private final Path file;
  private final long dataStart;
  private final Map<String, TensorEntry> entries;
  private final Map<String, String> metadata;

  private Safetensors(
      Path file, long dataStart, Map<String, TensorEntry> entries, Map<String, String> metadata) {
    this.file = file;
    this.dataStart = dataStart;
    this.entries = Collections.unmodifiableMap(entries);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /**
   * Writes tensors in the order of the map and syncs the file to disk.
   *
   * @return the SHA-256 of what was written, in hexadecimal
   */
  public static String write(
      Path file, Precision precision, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put("__metadata__", metadata);
    }
    long position = 0;
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      Shape shape = e.getValue().shape();
      long end = position + (long) shape.elements() * TensorEntry.bytes(precision);
      header.put(e.getKey(), new TensorEntry(precision, shape, position, end).toJson());
      position = end;
    }
    byte[] json = Json.compact(header);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    MessageDigest digest = Sha256.digest();
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer head = littleEndian(Long.BYTES + padded).putLong(padded).put(json);
      while (head.hasRemaining()) {
        head.put((byte) ' ');
      }
      writeFully(out, head.flip(), digest);
      for (Tensor t : tensors.values()) {
        writeFully(out, bytes(t, precision), digest);
      }
      out.force(true);
    }
    return Sha256.soFar(digest);
  }

  private static ByteBuffer bytes(Tensor tensor, Precision precision) {
    if (precision == Precision.FLOAT32) {
      float[] values = tensor.toFloats();
      ByteBuffer buffer = littleEndian(Math.multiplyExact(values.length, Float.BYTES));
      buffer.asFloatBuffer().put(values);
      return buffer;
    }
    double[] values = tensor.toDoubles();
    ByteBuffer buffer = littleEndian(Math.multiplyExact(values.length, Double.BYTES));
    buffer.asDoubleBuffer().put(values);
    return buffer;
  }

  /**
   * Reads a file's header.
   *
   * @throws SafetensorsException if it is missing or not a safetensors file of floating-point
   *     tensors
   */
  public static Safetensors open(Path file) {
    try (FileChannel in = FileChannel.open(file)) {
      if (in.size() < Long.BYTES) {
        throw new IOException("it has only " + in.size() + " bytes");
      }
      long length = read(in, 0, Long.BYTES).getLong();
      if (length < 2 || length > Math.min(MAX_HEADER, in.size() - Long.BYTES)) {
        throw new IOException("its header cannot be " + length + " bytes long");
      }
      byte[] json = read(in, Long.BYTES, (int) length).array();
      Map<String, String> metadata = new LinkedHashMap<>();
      Map<String, TensorEntry> entries = new LinkedHashMap<>();
      for (Map.Entry<String, Object> e : Json.read(json).entrySet()) {
        if (e.getKey().equals("__metadata__")) {
          ((Map<?, ?>) e.getValue())
              .forEach((k, v) -> metadata.put(String.valueOf(k), String.valueOf(v)));
        } else {
          entries.put(e.getKey(), TensorEntry.fromJson(e.getKey(), e.getValue()));
        }
      }
      long start = Long.BYTES + length;
      checkCovered(entries, in.size() - start);
      return new Safetensors(file, start, entries, metadata);
    } catch (NoSuchFileException e) {
      throw new SafetensorsException(file + ": no such file", e);
    } catch (IOException | ClassCastException e) {
      throw new SafetensorsException(file + ": not a safetensors file: " + firstLine(e), e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void checkCovered(Map<String, TensorEntry> entries, long size) throws IOException {
    List<TensorEntry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort((a, b) -> Long.compare(a.begin(), b.begin()));
    long position = 0;
    for (TensorEntry e : inOrder) {
      if (e.begin() != position) {
        throw new IOException("there is a gap or an overlap at byte " + position + " of its data");
      }
      position = e.end();
    }
    if (position != size) {
      throw new IOException("its tensors take " + position + " bytes, but " + size + " are there");
    }
  }

  /** The names of the tensors, in the order of the header. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** The metadata in the header. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The shape of a tensor. */
  public Shape shape(String name) {
    return entry(name).shape();
  }

  /** The numbers of a tensor in row-major order. */
  public double[] doubles(String name) {
    TensorEntry e = entry(name);
    try (FileChannel in = FileChannel.open(file)) {
      ByteBuffer data = read(in, dataStart + e.begin(), Math.toIntExact(e.end() - e.begin()));
      double[] values = new double[e.shape().elements()];
      if (e.precision() == Precision.FLOAT64) {
        data.asDoubleBuffer().get(values);
      } else {
        for (int i = 0; i < values.length; i++) {
          values[i] = data.getFloat();
        }
      }
      return values;
    } catch (IOException x) {
      throw new SafetensorsException(
          file + ": '" + name + "' cannot be read: " + x.getMessage(), x);
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
          if (entries.containsKey(name) && !target.shape().equals(shape(name))) {
            throw new SafetensorsException(
                file
                    + ": '"
                    + name
                    + "' is "
                    + shape(name)
                    + ", but the recipe needs "
                    + target.shape());
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

  private TensorEntry entry(String name) {
    TensorEntry e = entries.get(name);
    if (e == null) {
      throw new SafetensorsException(file + ": has no tensor '" + name + "'");
    }
    return e;
  }

  private static String some(Set<String> names) {
    int limit = 3;
    String first = String.join(", ", names.stream().limit(limit).toList());
    return names.size() > limit ? first + " and " + (names.size() - limit) + " more" : first;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeFully(FileChannel out, ByteBuffer buffer, MessageDigest digest)
      throws IOException {
    digest.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private static ByteBuffer read(FileChannel in, long position, int length) throws IOException {
    ByteBuffer buffer = littleEndian(length);
    while (buffer.hasRemaining()) {
      if (in.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("it ends after " + in.size() + " bytes");
      }
    }
    return buffer.flip();
  }
}
