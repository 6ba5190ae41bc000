package dev.sparring.weights;

import dev.sparring.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the layer of each module by order and shape, where names do not say it. Every module must
 * have its layer, and every layer its module, with the same tensors of the same shapes.
 *
 * <p>Where numbers decide the order on both sides, as those of {@code nn.Sequential} do, the two
 * rows must be equal. Elsewhere a shape must be the only one of its kind, or be numbered within its
 * kind, as {@code conv1} and {@code conv2} are.
 */
final class ModuleMatch {
  /** A module or layer: its path, and the shape of each of its tensors by local name. */
  private record Module(String path, Map<String, Shape> shapes) {}

  private ModuleMatch() {}

  /** The path of the layer of each module; empty if that is not certain. */
  static Optional<Map<String, String>> of(Map<String, Shape> file, Map<String, Shape> network) {
    List<Module> modules = modules(file);
    List<Module> layers = modules(network);
    if (modules.size() != layers.size()) {
      return Optional.empty();
    }
    if (isDecided(modules) && isDecided(layers)) {
      return pairs(modules, layers);
    }
    Map<Map<String, Shape>, List<Module>> kinds = kinds(modules);
    Map<Map<String, Shape>, List<Module>> wanted = kinds(layers);
    Map<String, String> found = new LinkedHashMap<>();
    for (Map.Entry<Map<String, Shape>, List<Module>> kind : kinds.entrySet()) {
      List<Module> there = wanted.getOrDefault(kind.getKey(), List.of());
      Optional<Map<String, String>> pairs =
          isDecided(kind.getValue()) && isDecided(there)
              ? pairs(kind.getValue(), there)
              : Optional.empty();
      if (pairs.isEmpty()) {
        return Optional.empty();
      }
      found.putAll(pairs.get());
    }
    return Optional.of(found);
  }

  private static Optional<Map<String, String>> pairs(List<Module> modules, List<Module> layers) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < modules.size(); i++) {
      if (modules.size() != layers.size()
          || !modules.get(i).shapes().equals(layers.get(i).shapes())) {
        return Optional.empty();
      }
      pairs.put(modules.get(i).path(), layers.get(i).path());
    }
    return Optional.of(pairs);
  }

  private static List<Module> modules(Map<String, Shape> tensors) {
    Map<String, Map<String, Shape>> byPath = new TreeMap<>(NumberedOrder.BY_NUMBERS);
    tensors.forEach(
        (name, shape) ->
            byPath
                .computeIfAbsent(TorchNames.module(name), path -> new TreeMap<>())
                .put(TorchNames.local(name), shape));
    List<Module> modules = new ArrayList<>();
    byPath.forEach((path, shapes) -> modules.add(new Module(path, shapes)));
    return modules;
  }

  private static Map<Map<String, Shape>, List<Module>> kinds(List<Module> modules) {
    Map<Map<String, Shape>, List<Module>> kinds = new LinkedHashMap<>();
    for (Module m : modules) {
      kinds.computeIfAbsent(m.shapes(), shapes -> new ArrayList<>()).add(m);
    }
    return kinds;
  }

  private static boolean isDecided(List<Module> sorted) {
    return NumberedOrder.isDecided(sorted.stream().map(Module::path).toList());
  }
}
