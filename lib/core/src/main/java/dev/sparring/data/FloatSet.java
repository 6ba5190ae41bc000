package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.Optional;
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

  /** Why values and labels are no samples of a shape, in words; nothing if they are. */
  static Optional<String> misfit(Shape sampleShape, float[] values, int @Nullable [] labels) {
    int elements = sampleShape.elements();
    if (values.length == 0 || values.length % elements != 0) {
      return Optional.of(
          values.length
              + " numbers are no samples of shape "
              + sampleShape
              + ", which hold "
              + elements
              + " each");
    }
    int samples = values.length / elements;
    if (labels != null && labels.length != samples) {
      return Optional.of(labels.length + " labels are given for " + samples + " samples");
    }
    for (int i = 0; labels != null && i < samples; i++) {
      if (labels[i] < 0) {
        return Optional.of("the label of sample " + i + " must be >= 0, got " + labels[i]);
      }
    }
    return Optional.empty();
  }

  /** Samples of equal size in one array. */
  static float[] joined(List<float[]> samples, int elements) {
    float[] values = new float[samples.size() * elements];
    for (int i = 0; i < samples.size(); i++) {
      System.arraycopy(samples.get(i), 0, values, i * elements, elements);
    }
    return values;
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
