package dev.sparring.data;

import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;

/**
 * A data set whose samples have names.
 *
 * @param skipped names of samples that could not be read and were left out
 */
record NamedSamples(DataSet data, List<String> names, List<String> skipped) implements DataSet {
  @Override
  public Shape sampleShape() {
    return data.sampleShape();
  }

  @Override
  public int size() {
    return data.size();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    data.read(index, target, offset);
  }

  @Override
  public boolean isStreamed() {
    return data.isStreamed();
  }

  @Override
  public OptionalInt label(int index) {
    return data.label(index);
  }

  @Override
  public String fingerprint() {
    return data.fingerprint();
  }

  @Override
  public String name(int index) {
    return names.get(index);
  }
}
