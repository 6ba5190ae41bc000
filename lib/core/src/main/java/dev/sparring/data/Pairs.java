package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sources and samples from two data sets: the first source belongs to the first sample, and so on.
 * In two folders, files that belong together have the same path except for the extension; two files
 * of one such path are refused. Where a broken image is skipped, so is its pair.
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
  public OptionalLong memory() {
    OptionalLong from = sources.memory();
    OptionalLong to = samples.memory();
    return from.isPresent() && to.isPresent()
        ? OptionalLong.of(from.getAsLong() + to.getAsLong())
        : OptionalLong.empty();
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    DataSet from = sources.open(seed, log);
    DataSet to = samples.open(seed, log);
    return matched ? matched(from, to, log) : new PairSet(to, from, false);
  }

  /** Sources in the order of their samples, matched by name. */
  private static DataSet matched(DataSet from, DataSet to, Consumer<String> log) {
    Map<String, Integer> left = byStem(from, "sources", "sample");
    byStem(to, "samples", "source");
    Set<String> lost = new HashSet<>(skipped(from));
    Set<String> lostSamples = skipped(to);
    List<Integer> sources = new ArrayList<>();
    List<Integer> samples = new ArrayList<>();
    for (int i = 0; i < to.size(); i++) {
      String stem = stem(to.name(i));
      Integer source = left.remove(stem);
      if (source != null) {
        sources.add(source);
        samples.add(i);
      } else if (lost.contains(stem)) {
        log.accept("skipped the sample " + to.name(i) + ": its source is broken");
      } else {
        throw new DataException(to.name(i) + ": there is no source of that name");
      }
    }
    for (int i : left.values().stream().sorted().toList()) {
      if (!lostSamples.contains(stem(from.name(i)))) {
        throw new DataException(from.name(i) + ": there is no sample of that name");
      }
      log.accept("skipped the source " + from.name(i) + ": its sample is broken");
    }
    if (samples.isEmpty()) {
      throw new DataException("each pair has a broken half, the first is " + to.name(0));
    }
    return new PairSet(chosen(to, samples), chosen(from, sources), true);
  }

  private static Map<String, Integer> byStem(DataSet data, String what, String each) {
    Map<String, Integer> byStem = new HashMap<>();
    for (int i = 0; i < data.size(); i++) {
      Integer other = byStem.put(stem(data.name(i)), i);
      if (other != null) {
        throw new DataException(
            data.name(other)
                + " and "
                + data.name(i)
                + ": two "
                + what
                + " of one name, expected"
                + " one for each "
                + each);
      }
    }
    return byStem;
  }

  private static Set<String> skipped(DataSet data) {
    return data.skipped().stream().map(Pairs::stem).collect(Collectors.toSet());
  }

  /** The data itself where all is chosen in order. */
  private static DataSet chosen(DataSet data, List<Integer> indices) {
    int[] order = indices.stream().mapToInt(i -> i).toArray();
    boolean isAll = Arrays.equals(order, IntStream.range(0, data.size()).toArray());
    // With different extensions, files may sort differently in the two folders.
    return isAll ? data : new Subset(data, order, true);
  }

  /** A file's path without its extension. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }
}
