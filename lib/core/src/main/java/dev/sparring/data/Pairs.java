package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.recipe.Defaults;
import dev.sparring.recipe.Word;
import dev.sparring.tensor.Shape;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Two data sets, one of which is made from the other: the first source belongs to the first sample,
 * and so on. Of two folders, the files that belong together have the same path but for its
 * extension.
 *
 * <p>Where {@code matched} is false, the two have nothing to do with each other: horses here,
 * zebras there (CycleGAN: Zhu et al., arXiv:1703.10593).
 *
 * @param sources what samples are made from
 * @param samples what is to be made
 * @param matched whether each source belongs to a sample
 */
@Word("pairs")
public record Pairs(Data sources, Data samples, boolean matched) implements Data {
  /** Sources that belong to samples. */
  @Defaults
  public static Pairs pairs(Data sources, Data samples) {
    return new Pairs(sources, samples, true);
  }

  /** The same with sources that belong to their samples, or to none. */
  public Pairs matched(boolean matched) {
    return new Pairs(sources, samples, matched);
  }

  @Override
  public Shape sampleShape() {
    return samples.sampleShape();
  }

  @Override
  public OptionalInt classes() {
    return samples.classes();
  }

  @Override
  public Optional<Shape> sourceShape() {
    return Optional.of(sources.sampleShape());
  }

  @Override
  public boolean isPaired() {
    return matched;
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    DataSet from = sources.open(seed, log);
    DataSet to = samples.open(seed, log);
    if (matched) {
      check(from, to);
    }
    return new PairSet(to, from, matched);
  }

  private static void check(DataSet from, DataSet to) {
    for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
      String source = stem(from.name(i));
      String sample = stem(to.name(i));
      if (!source.equals(sample)) {
        boolean missing = source.compareTo(sample) > 0;
        throw new DataException(
            missing
                ? to.name(i) + ": there is no source of that name"
                : from.name(i) + ": there is no sample of that name");
      }
    }
    if (from.size() != to.size()) {
      throw new DataException(from.size() + " sources are given for " + to.size() + " samples");
    }
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }
}
