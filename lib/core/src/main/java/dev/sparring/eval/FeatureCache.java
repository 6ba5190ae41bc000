package dev.sparring.eval;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.CacheDirectory;
import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.file.Sha256;
import dev.sparring.metric.Features;
import dev.sparring.metric.GaussianMoments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Features of real samples in a folder, so that they are extracted once.
 *
 * <p>A file is found by the SHA-256 of everything that decides the features: the data's
 * fingerprint, the chosen samples, and the extractor with its preprocessing and weights. It holds,
 * big-endian, {@code SPARFEAT}, the format (int), the key (32 bytes), rows and columns (int), the
 * features, their mean and their covariance (double), and the SHA-256 of all before it. If a file
 * is damaged, features are extracted again. If the folder cannot be written to, they are extracted
 * each time. Several processes may use it at once: they write equal files atomically.
 *
 * @param folder need not exist
 * @param log receives lines about errors
 */
public record FeatureCache(Path folder, Consumer<String> log) {
  private static final byte[] MAGIC = "SPARFEAT".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;
  private static final int HASH = 32;
  private static final int HEADER = MAGIC.length + Integer.BYTES + HASH + 2 * Integer.BYTES;

  /** 256 MB; larger features are not kept. */
  private static final long MOST_BYTES = 1L << 28;

  /** In the user's cache. */
  public static FeatureCache standard(Consumer<String> log) {
    return new FeatureCache(CacheDirectory.of(System.getenv()).resolve("features"), log);
  }

  /** SHA-256 of everything that decides features, in hexadecimal. */
  static String key(String data, int[] chosen, String extractorId) {
    byte[] text =
        ("features " + FORMAT + "\ndata " + data + "\nextractor " + extractorId + "\nsamples ")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(text.length + chosen.length * Integer.BYTES).put(text);
    bytes.asIntBuffer().put(chosen);
    return Sha256.of(bytes.array());
  }

  /** The features of that key: read from the folder, or extracted and kept. */
  Kept get(String key, Supplier<Kept> extract) {
    Path file = folder.resolve(key + ".features");
    try {
      return decode(RegularFile.bytes(file, Integer.MAX_VALUE), key);
    } catch (NoSuchFileException e) {
      // Not extracted before.
    } catch (IOException | IllegalArgumentException e) {
      log.accept(file + ": " + Reason.of(e) + "; extracting the features again");
    }
    Kept extracted = extract.get();
    long d = extracted.features().columns();
    if (bytes(extracted.features().rows(), d) <= MOST_BYTES) {
      keep(file, encode(extracted, key));
    }
    return extracted;
  }

  private void keep(Path file, byte[] bytes) {
    try {
      Files.createDirectories(folder);
      AtomicFile.write(file, out -> out.write(bytes));
    } catch (IOException e) {
      log.accept(file + ": cannot keep the features: " + Reason.of(e));
    }
  }

  private static long bytes(long rows, long columns) {
    return HEADER + Double.BYTES * columns * (rows + 1 + columns) + HASH;
  }

  private static byte[] encode(Kept real, String key) {
    int n = real.features().rows();
    int d = real.features().columns();
    ByteBuffer out = ByteBuffer.allocate((int) bytes(n, d));
    out.put(MAGIC).putInt(FORMAT).put(HexFormat.of().parseHex(key)).putInt(n).putInt(d);
    for (int row = 0; row < n; row++) {
      for (int c = 0; c < d; c++) {
        out.putDouble(real.features().get(row, c));
      }
    }
    for (double value : real.moments().mean()) {
      out.putDouble(value);
    }
    for (double value : real.moments().covariance()) {
      out.putDouble(value);
    }
    byte[] content = Arrays.copyOf(out.array(), out.position());
    return out.put(HexFormat.of().parseHex(Sha256.of(content))).array();
  }

  private static Kept decode(byte[] bytes, String key) throws IOException {
    if (bytes.length < HEADER + HASH) {
      throw new IOException("has only " + bytes.length + " bytes");
    }
    byte[] content = Arrays.copyOf(bytes, bytes.length - HASH);
    String sum = HexFormat.of().formatHex(bytes, bytes.length - HASH, bytes.length);
    if (!Sha256.of(content).equals(sum)) {
      throw new IOException("does not have the checksum that it names");
    }
    ByteBuffer in = ByteBuffer.wrap(content);
    byte[] magic = new byte[MAGIC.length];
    byte[] named = new byte[HASH];
    in.get(magic);
    int format = in.getInt();
    in.get(named);
    int n = in.getInt();
    int d = in.getInt();
    if (!Arrays.equals(magic, MAGIC)
        || format != FORMAT
        || !HexFormat.of().formatHex(named).equals(key)
        || n < 1
        || d < 1
        || bytes(n, d) != bytes.length) {
      throw new IOException("is no file of these features");
    }
    Features features = Features.of(doubles(in, Math.multiplyExact(n, d)), d);
    return new Kept(
        features, GaussianMoments.of(n, doubles(in, d), doubles(in, Math.multiplyExact(d, d))));
  }

  private static double[] doubles(ByteBuffer in, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.getDouble();
    }
    return values;
  }

  /** Features of real samples, and their moments. */
  record Kept(Features features, GaussianMoments moments) {}
}
