package dev.sparring.data;

import dev.sparring.random.RandomStream;
import dev.sparring.tensor.Shape;
import java.util.Optional;
import java.util.OptionalInt;

/** Samples and the sources from which they are generated. */
record PairSet(DataSet samples, DataSet of, boolean isPaired) implements DataSet {
  @Override
  public Shape sampleShape() {
    return samples.sampleShape();
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    samples.read(index, target, offset);
  }

  @Override
  public void read(int index, RandomStream random, float[] target, int offset) {
    samples.read(index, random, target, offset);
  }

  @Override
  public boolean varies() {
    return samples.varies();
  }

  @Override
  public Optional<DataSet> sources() {
    return Optional.of(of);
  }

  @Override
  public boolean isStreamed() {
    return samples.isStreamed() || of.isStreamed();
  }

  @Override
  public OptionalInt label(int index) {
    return samples.label(index);
  }

  @Override
  public String name(int index) {
    return samples.name(index);
  }

  @Override
  public String fingerprint() {
    return Fingerprint.of(samples.fingerprint(), of.fingerprint());
  }
}
