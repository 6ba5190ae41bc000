package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The data of a program that has its own {@link DataSet}; see {@link Data#of}. */
record GivenData(DataSet set, OptionalInt classes) implements Data {
  /** Finds the number of classes by looking at each label. */
  static GivenData of(DataSet set) {
    int most = -1;
    for (int i = 0; i < set.size(); i++) {
      OptionalInt label = set.label(i);
      if (label.isEmpty()) {
        // Some samples without a class: it is no labelled data.
        return new GivenData(set, OptionalInt.empty());
      }
      most = Math.max(most, label.getAsInt());
    }
    return new GivenData(set, most < 0 ? OptionalInt.empty() : OptionalInt.of(most + 1));
  }

  @Override
  public Shape sampleShape() {
    return set.sampleShape();
  }

  @Override
  public Optional<Shape> sourceShape() {
    return set.sources().map(DataSet::sampleShape);
  }

  @Override
  public boolean isPaired() {
    return set.sources().isPresent() && set.isPaired();
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    return set;
  }

  /** {@code data set(1797 of (1, 8, 8), 10 classes)}. */
  @Override
  public String toString() {
    return "data set("
        + set.size()
        + " of "
        + set.sampleShape()
        + (classes.isPresent() ? ", " + classes.getAsInt() + " classes)" : ")");
  }
}
