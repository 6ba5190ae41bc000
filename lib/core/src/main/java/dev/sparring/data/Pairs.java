package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Sources and samples from two data sets: the first source belongs to the first sample, and so on.
 * In two folders, files that belong together have the same path except for the extension.
 *
 * <p>If {@code matched} is false, sources and samples are unrelated, e.g. horses and zebras
 * (CycleGAN: Zhu et al., arXiv:1703.10593).
 *
 * @param sources the data from which samples are generated
 * @param samples the data that the generator should imitate
 * @param matched whether each source belongs to a sample (paired data)
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
    return new PairSet(to, matched ? inOrder(from, to) : from, matched);
  }

  /** The sources in the order of the samples, matched by name. */
  private static DataSet inOrder(DataSet from, DataSet to) {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < from.size(); i++) {
      byName.put(stem(from.name(i)), i);
    }
    int[] order = new int[to.size()];
    boolean isSorted = true;
    for (int i = 0; i < order.length; i++) {
      Integer source = byName.remove(stem(to.name(i)));
      if (source == null) {
        throw new DataException(to.name(i) + ": there is no source of that name");
      }
      order[i] = source;
      isSorted &= source == i;
    }
    if (!byName.isEmpty()) {
      int left = byName.values().stream().mapToInt(i -> i).min().orElseThrow();
      throw new DataException(from.name(left) + ": there is no sample of that name");
    }
    // With different extensions, files may sort differently in the two folders.
    return isSorted ? from : DataSets.select(from, order);
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }
}
