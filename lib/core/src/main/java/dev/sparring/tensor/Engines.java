package dev.sparring.tensor;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds the engines on the class path by name. */
public final class Engines {
  private Engines() {}

  /** The providers on the class path, in order of name. */
  public static List<EngineProvider> available() {
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(EngineProvider::name))
        .toList();
  }

  /**
   * Opens the engine of that name.
   *
   * @throws EngineException if no such engine is on the class path, or it cannot open the device
   */
  public static Engine open(String name, Device device, Precision precision) {
    return named(name).open(device, precision);
  }

  /**
   * Opens the engine of that name for portable results; see {@link EngineProvider#openPortable}.
   *
   * @throws EngineException if no such engine is on the class path, or it cannot open the device or
   *     be portable
   */
  public static Engine openPortable(String name, Device device, Precision precision) {
    return named(name).openPortable(device, precision);
  }

  /**
   * The provider of that name.
   *
   * @throws EngineException if it is not on the class path
   */
  public static EngineProvider named(String name) {
    List<EngineProvider> all = available();
    return all.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    "no engine '" + name + "' on the class path; there is " + names(all)));
  }

  private static String names(List<EngineProvider> all) {
    return all.isEmpty()
        ? "none"
        : String.join(", ", all.stream().map(EngineProvider::name).toList());
  }
}
