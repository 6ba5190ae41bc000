package dev.sparring.tensor;

/**
 * Opens engines; found by {@link java.util.ServiceLoader} when an engine is chosen by name, as the
 * command line does. Programs may as well construct an engine directly.
 */
public interface EngineProvider {
  /** The name by which it is selected, e.g. {@code torch}. */
  String name();

  /**
   * Opens an engine.
   *
   * @throws EngineException if the device is missing or the native library does not load; the
   *     message says so in one line
   */
  Engine open(Device device, Precision precision);
}
