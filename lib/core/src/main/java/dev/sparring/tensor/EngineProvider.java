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
   * @throws EngineException if the device is not there or the native library does not load, with a
   *     message of one line that says so
   */
  Engine open(Device device, Precision precision);
}
