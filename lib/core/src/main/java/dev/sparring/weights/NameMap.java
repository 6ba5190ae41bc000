package dev.sparring.weights;

import dev.sparring.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which weight of a recipe's networks each tensor of a file is.
 *
 * @param targets the paths of weights by the names of the file
 * @param how how they were found, e.g. {@code by name}
 */
record NameMap(Map<String, String> targets, String how) {
  private static final Map<String, Set<String>> CALLED =
      Map.of(
          "generator", Set.of("g", "netg", "gnet", "gen", "generator"),
          "discriminator", Set.of("d", "netd", "dnet", "disc", "dis", "discriminator", "critic"));

  /**
   * Maps the names of a file.
   *
   * @param file shapes by name
   * @param networks the shapes of each network's weights by path, under the network's name
   * @throws IllegalArgumentException if names fit several networks
   * @return empty if nothing fits
   */
  static Optional<NameMap> of(Map<String, Shape> file, Map<String, Map<String, Shape>> networks) {
    Map<String, Shape> all = new LinkedHashMap<>();
    networks.values().forEach(all::putAll);
    List<String> names = List.copyOf(file.keySet());
    for (int cut : TorchNames.cuts(names)) {
      // One own name says that the file is one of ours; then all have to be.
      if (names.stream().anyMatch(n -> all.containsKey(n.substring(cut)))) {
        return exact(names, cut, all);
      }
      Optional<NameMap> split = byNetwork(file, cut, networks);
      if (split.isPresent()) {
        return split;
      }
    }
    Map<String, NameMap> fitting = new LinkedHashMap<>();
    networks.forEach(
        (name, network) -> within(file, name, network).ifPresent(map -> fitting.put(name, map)));
    if (fitting.size() > 1) {
      throw new IllegalArgumentException(
          "its tensors fit "
              + String.join(" and ", fitting.keySet())
              + " alike; begin their names with '"
              + String.join(".' or '", fitting.keySet())
              + ".'");
    }
    return fitting.values().stream().findFirst();
  }

  private static Optional<NameMap> exact(List<String> names, int cut, Map<String, Shape> all) {
    Map<String, String> targets = new LinkedHashMap<>();
    for (String name : names) {
      if (!all.containsKey(name.substring(cut))) {
        return Optional.empty();
      }
      targets.put(name, name.substring(cut));
    }
    return Optional.of(new NameMap(targets, "by name" + without(names.get(0), cut)));
  }

  private static String without(String name, int cut) {
    return cut == 0 ? "" : " without '" + name.substring(0, cut) + "'";
  }

  /** Names that all begin with what people call a network, such as netG and netD. */
  private static Optional<NameMap> byNetwork(
      Map<String, Shape> file, int cut, Map<String, Map<String, Shape>> networks) {
    Map<String, Map<String, Shape>> parts = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> e : file.entrySet()) {
      String name = e.getKey();
      int dot = name.indexOf('.', cut);
      String network = dot < 0 ? null : called(name.substring(cut, dot), networks.keySet());
      if (network == null) {
        return Optional.empty();
      }
      parts.computeIfAbsent(network, n -> new LinkedHashMap<>()).put(name, e.getValue());
    }
    Map<String, String> targets = new LinkedHashMap<>();
    Set<String> how = new LinkedHashSet<>();
    for (Map.Entry<String, Map<String, Shape>> part : parts.entrySet()) {
      String network = part.getKey();
      Optional<NameMap> own =
          within(part.getValue(), network, networks.getOrDefault(network, Map.of()));
      if (own.isEmpty()) {
        return Optional.empty();
      }
      targets.putAll(own.get().targets());
      how.add(own.get().how());
    }
    return Optional.of(new NameMap(targets, String.join("; ", how)));
  }

  private static @Nullable String called(String word, Set<String> networks) {
    String plain = word.toLowerCase(Locale.ROOT).replace("_", "");
    for (Map.Entry<String, Set<String>> network : CALLED.entrySet()) {
      if (networks.contains(network.getKey()) && network.getValue().contains(plain)) {
        return network.getKey();
      }
    }
    return null;
  }

  /** Names of one network: by the places of its layers, else by order and shape. */
  private static Optional<NameMap> within(
      Map<String, Shape> file, String network, Map<String, Shape> wanted) {
    List<String> names = List.copyOf(file.keySet());
    for (int cut : TorchNames.cuts(names)) {
      boolean fits =
          file.entrySet().stream()
              .allMatch(
                  e -> e.getValue().equals(wanted.get(network + "." + e.getKey().substring(cut))));
      if (fits) {
        Map<String, String> targets = new LinkedHashMap<>();
        names.forEach(n -> targets.put(n, network + "." + n.substring(cut)));
        return Optional.of(
            new NameMap(targets, "by the places of " + network + without(names.get(0), cut)));
      }
    }
    return ModuleMatch.of(file, wanted)
        .map(
            layers -> {
              Map<String, String> targets = new LinkedHashMap<>();
              names.forEach(
                  n ->
                      targets.put(n, layers.get(TorchNames.module(n)) + "." + TorchNames.local(n)));
              return new NameMap(targets, "by the order and shapes of " + network);
            });
  }
}
