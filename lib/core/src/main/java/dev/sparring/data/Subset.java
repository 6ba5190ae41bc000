package dev.sparring.data;

import dev.sparring.random.RandomStream;
import dev.sparring.tensor.Shape;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Some samples of a data set, read on demand. They vary where they are in pairs, so that a source
 * is changed like its sample.
 */
final class Subset implements DataSet {
  private final DataSet data;
  private final int[] indices;
  private final boolean varies;
  private @Nullable String fingerprint;

  Subset(DataSet data, int[] indices) {
    this(data, indices, false);
  }

  /**
   * Chooses samples.
   *
   * @param varies whether readings with random numbers are changed as the data set does it
   */
  Subset(DataSet data, int[] indices, boolean varies) {
    this.data = data;
    this.varies = varies && data.varies();
    this.indices = indices.clone();
    for (int index : indices) {
      if (index < 0 || index >= data.size()) {
        throw new IndexOutOfBoundsException("sample " + index + " of " + data.size());
      }
    }
  }

  @Override
  public Shape sampleShape() {
    return data.sampleShape();
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public void read(int index, float[] target, int offset) {
    data.read(indices[index], target, offset);
  }

  @Override
  public void read(int index, RandomStream random, float[] target, int offset) {
    if (varies) {
      data.read(indices[index], random, target, offset);
    } else {
      read(index, target, offset);
    }
  }

  @Override
  public boolean varies() {
    return varies;
  }

  @Override
  public boolean isStreamed() {
    return data.isStreamed();
  }

  @Override
  public OptionalInt label(int index) {
    return data.label(indices[index]);
  }

  @Override
  public String name(int index) {
    return data.name(indices[index]);
  }

  /** The fingerprint that the same samples would have in memory; read once. */
  @Override
  public synchronized String fingerprint() {
    if (fingerprint == null) {
      fingerprint = read();
    }
    return fingerprint;
  }

  private String read() {
    Fingerprint print = new Fingerprint("float", sampleShape(), size());
    float[] sample = new float[sampleShape().elements()];
    int[] labels = new int[size()];
    boolean labelled = true;
    for (int i = 0; i < labels.length; i++) {
      read(i, sample, 0);
      print.floats(sample);
      labelled &= label(i).isPresent();
      labels[i] = label(i).orElse(0);
    }
    print.labels(labelled ? labels : null);
    return print.hex();
  }
}
