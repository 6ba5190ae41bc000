package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Images held as unsigned bytes, a quarter of what floats take; read as v / 127.5 - 1.
 *
 * <p>One array for each sample, because a single array is limited to 2 GB.
 */
final class ByteSet implements DataSet {
  private static final float[] SCALED = new float[256];

  static {
    for (int v = 0; v < SCALED.length; v++) {
      SCALED[v] = (float) (v / 127.5 - 1);
    }
  }

  private final Shape sampleShape;
  private final byte[][] samples;
  private final int @Nullable [] labels;
  private final String fingerprint;

  /** Keeps the arrays without a copy; callers must not change them. */
  ByteSet(Shape sampleShape, byte[][] samples, int @Nullable [] labels) {
    this(sampleShape, samples, labels, fingerprint(sampleShape, samples, labels));
  }

  /** The same with a fingerprint that is known. */
  ByteSet(Shape sampleShape, byte[][] samples, int @Nullable [] labels, String fingerprint) {
    this.sampleShape = sampleShape;
    this.samples = samples;
    this.labels = labels;
    this.fingerprint = fingerprint;
  }

  private static String fingerprint(Shape sampleShape, byte[][] samples, int @Nullable [] labels) {
    Fingerprint print = print(sampleShape, samples.length);
    for (byte[] sample : samples) {
      print.bytes(sample);
    }
    print.labels(labels);
    return print.hex();
  }

  /** The start of a fingerprint, for a number of samples; their bytes and the labels follow. */
  static Fingerprint print(Shape sampleShape, int size) {
    return new Fingerprint("byte / 127.5 - 1", sampleShape, size);
  }

  /** Writes the values of bytes. */
  static void scale(byte[] sample, float[] target, int offset) {
    for (int i = 0; i < sample.length; i++) {
      target[offset + i] = SCALED[sample[i] & 0xFF];
    }
  }

  @Override
  public Shape sampleShape() {
    return sampleShape;
  }

  @Override
  public int size() {
    return samples.length;
  }

  @Override
  public void read(int index, float[] target, int offset) {
    scale(samples[index], target, offset);
  }

  @Override
  public OptionalInt label(int index) {
    return labels == null ? OptionalInt.empty() : OptionalInt.of(labels[index]);
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }
}
