package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 of samples as the training sees them, so that equal samples have equal fingerprints.
 */
final class Fingerprint {
  private final MessageDigest digest = sha256();

  /** Starts with what defines the meaning of the numbers. */
  Fingerprint(String form, Shape sampleShape, int size) {
    text(form);
    text(sampleShape.toString());
    numbers(size);
  }

  void bytes(byte[] values) {
    digest.update(values);
  }

  void floats(float[] values) {
    ByteBuffer block = ByteBuffer.allocate(1 << 16);
    for (float v : values) {
      if (!block.hasRemaining()) {
        digest.update(block.flip());
        block.clear();
      }
      block.putFloat(v);
    }
    digest.update(block.flip());
  }

  /** Adds the labels, or that there are none. */
  void labels(int @Nullable [] labels) {
    text(labels == null ? "no labels" : "labels");
    if (labels != null) {
      numbers(labels);
    }
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The fingerprint of data computed from other data: of the operation and their fingerprints. */
  static String of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void numbers(int... values) {
    ByteBuffer block = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
    for (int v : values) {
      block.putInt(v);
    }
    digest.update(block.flip());
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    numbers(bytes.length);
    digest.update(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
