package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Samples held as floats in one array, one after the other. */
final class FloatSet implements DataSet {
  private final Shape sampleShape;
  private final float[] values;
  private final int @Nullable [] labels;
  private final int size;
  private final int elements;
  private final String fingerprint;

  /** Keeps the arrays without a copy; callers must not change them. */
  FloatSet(Shape sampleShape, float[] values, int @Nullable [] labels) {
    this.sampleShape = sampleShape;
    this.values = values;
    this.labels = labels;
    elements = sampleShape.elements();
    size = values.length / elements;
    Fingerprint print = new Fingerprint("float", sampleShape, size);
    print.floats(values);
    print.labels(labels);
    fingerprint = print.hex();
  }

  @Override
  public Shape sampleShape() {
    return sampleShape;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void read(int index, float[] target, int offset) {
    System.arraycopy(values, index * elements, target, offset, elements);
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
