package dev.sparring.weights;

import dev.sparring.safetensors.Safetensors;
import dev.sparring.safetensors.SafetensorsException;
import dev.sparring.setting.Shown;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * First weights of a recipe's networks from a safetensors file, instead of drawing them.
 *
 * <p>Names are those of run directories, such as {@code generator.2.weight}, or those of a state
 * dict of PyTorch. The latter are mapped where only one mapping is possible: names that are ours
 * after a start that all have, such as {@code module.}; names that begin with what a network is
 * usually called, such as {@code netG.}; the places of layers within a network ({@code
 * main.2.weight}); or layers of one order with equal shapes. What is no weight ({@code
 * num_batches_tracked}, singular vectors, whole numbers) is left out. Weights that the file lacks
 * stay as they were drawn.
 */
public final class FirstWeights {
  private static final int MOST_SHOWN = 3;

  private final Safetensors file;

  private FirstWeights(Safetensors file) {
    this.file = file;
  }

  /**
   * Reads a file's header.
   *
   * @throws SafetensorsException if it is missing or not a safetensors file
   */
  public static FirstWeights open(Path file) {
    return new FirstWeights(Safetensors.open(file));
  }

  /**
   * Overwrites weights with those of the file.
   *
   * @param networks each network's parameters and buffers by path, under the network's name
   * @return what was taken, by which names, and what was not, in one line
   * @throws SafetensorsException if the file does not fit, or has a weight that is not finite or a
   *     variance below 0; nothing is overwritten then
   */
  public String load(Map<String, Map<String, Tensor>> networks, Engine engine) {
    Map<String, Map<String, Shape>> shapes = new LinkedHashMap<>();
    Map<String, Tensor> targets = new LinkedHashMap<>();
    networks.forEach(
        (network, tensors) -> {
          Map<String, Shape> own = new LinkedHashMap<>();
          tensors.forEach((path, t) -> own.put(path, t.shape()));
          shapes.put(network, own);
          targets.putAll(tensors);
        });
    Fit fit = fit(shapes);
    FirstValues values = new FirstValues(file, engine.precision());
    fit.sources().forEach((name, path) -> values.check(name, path));
    fit.sources()
        .forEach(
            (name, path) -> {
              Tensor target = targets.get(path);
              if (target != null) {
                engine.scope(
                    () -> target.assign(engine.upload(file.doubles(name), target.shape())));
              }
            });
    return summary(fit, targets.keySet());
  }

  /**
   * What is taken from the file.
   *
   * @param sources paths of weights by names in the file
   * @param how how they were found
   * @param leftOut reasons by names in the file
   */
  record Fit(Map<String, String> sources, String how, Map<String, String> leftOut) {}

  /** Finds the weight of each tensor. */
  Fit fit(Map<String, Map<String, Shape>> networks) {
    Map<String, Shape> targets = new LinkedHashMap<>();
    networks.values().forEach(targets::putAll);
    Map<String, String> leftOut = new TreeMap<>();
    try {
      Map<String, String> names = TorchNames.weights(file.names(), targets.keySet(), leftOut);
      List<Integer> cuts = TorchNames.cuts(List.copyOf(names.keySet()));
      Map<String, Shape> all = new LinkedHashMap<>();
      Map<String, Shape> readable = new LinkedHashMap<>();
      names.forEach(
          (own, name) -> {
            if (file.isWeight(name)) {
              readable.put(own, file.shape(name));
            } else {
              refuseWanted(own, name, cuts, targets.keySet());
              leftOut.put(
                  name, "of type " + file.type(name) + (file.isEmpty(name) ? ", empty" : ""));
            }
            if (!file.isEmpty(name)) {
              all.put(own, file.shape(name));
            }
          });
      if (readable.isEmpty()) {
        throw misfit("it has no weights" + (names.isEmpty() ? "" : " that can be read"), networks);
      }
      Optional<NameMap> map = NameMap.of(all, networks);
      if (map.isPresent()) {
        // Something that cannot be read has the place and the shape of a weight.
        names.forEach((own, name) -> requireReadable(own, name, map.get()));
      }
      NameMap found =
          map.or(() -> NameMap.of(readable, networks))
              .orElseThrow(() -> misfit("it has " + some(unknown(readable, targets)), networks));
      Map<String, String> sources = new LinkedHashMap<>();
      found.targets().forEach((own, path) -> sources.put(names.getOrDefault(own, own), path));
      sources.forEach(
          (name, path) -> {
            Shape wanted = targets.get(path);
            if (wanted != null) {
              file.requireShape(name, wanted);
            }
          });
      return new Fit(sources, found.how(), leftOut);
    } catch (IllegalArgumentException e) {
      throw new SafetensorsException(file.file() + ": " + e.getMessage(), e);
    }
  }

  private void requireReadable(String own, String name, NameMap map) {
    if (map.targets().containsKey(own)) {
      file.requireRead(name);
    }
  }

  /** A weight of one of our names is wanted even if others of the file are not. */
  private void refuseWanted(String own, String name, List<Integer> cuts, Set<String> targets) {
    for (int cut : cuts) {
      if (targets.contains(own.substring(cut))) {
        // Says that it is empty, or of which type it is.
        file.shape(name);
        file.requireRead(name);
      }
    }
  }

  /** What the file has and the recipe has not; everything, if no name is ours. */
  private static Map<String, Shape> unknown(Map<String, Shape> file, Map<String, Shape> targets) {
    Map<String, Shape> unknown = new LinkedHashMap<>(file);
    unknown.keySet().removeAll(targets.keySet());
    return unknown;
  }

  private SafetensorsException misfit(String has, Map<String, Map<String, Shape>> networks) {
    List<String> wanted =
        networks.entrySet().stream()
            .map(e -> e.getValue().size() + " of " + e.getKey() + ": " + some(e.getValue()))
            .toList();
    return new SafetensorsException(
        file.file()
            + ": does not fit the recipe's networks: "
            + has
            + "; the recipe has "
            + String.join("; ", wanted));
  }

  private static String some(Map<String, Shape> tensors) {
    return some(
        tensors.keySet().stream()
            .sorted(NumberedOrder.BY_NUMBERS)
            .map(n -> Shown.value(n) + " " + tensors.get(n))
            .toList());
  }

  private static String some(Collection<String> names) {
    String first = String.join(", ", names.stream().limit(MOST_SHOWN).toList());
    int more = names.size() - MOST_SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private String summary(Fit fit, Set<String> targets) {
    StringBuilder line = new StringBuilder();
    line.append(file.file()).append(": ").append(fit.sources().size());
    line.append(" of its ").append(file.names().size()).append(" tensors are first weights, ");
    line.append(fit.how());
    Set<String> pairs = new LinkedHashSet<>();
    fit.sources()
        .forEach(
            (name, path) -> {
              if (!name.equals(path)) {
                pairs.add(Shown.value(name) + " as " + path);
              }
            });
    if (!pairs.isEmpty()) {
      line.append(" (").append(some(pairs)).append(')');
    }
    Map<String, Set<String>> reasons = new TreeMap<>();
    fit.leftOut()
        .forEach(
            (name, reason) ->
                reasons.computeIfAbsent(reason, r -> new LinkedHashSet<>()).add(Shown.value(name)));
    reasons.forEach(
        (reason, names) ->
            line.append("; left out, ").append(reason).append(": ").append(some(names)));
    Set<String> drawn = new LinkedHashSet<>(targets);
    drawn.removeAll(fit.sources().values());
    if (!drawn.isEmpty()) {
      line.append("; ").append(drawn.size()).append(" others are drawn: ").append(some(drawn));
    }
    return line.toString();
  }
}
