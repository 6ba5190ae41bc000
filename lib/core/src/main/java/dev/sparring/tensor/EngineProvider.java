package dev.sparring.tensor;

import java.util.Optional;

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

  /**
   * Why it cannot {@link #openPortable} on this machine, in one line; empty if it can. Loads
   * nothing.
   */
  default Optional<String> whyNotPortable() {
    return Optional.of("the engine " + name() + " has no portable results");
  }

  /**
   * Opens an engine whose results are the same bits on every machine of a kind: on Linux, on every
   * x86-64 processor with AVX2 and FMA. The kernels of the numerical libraries are pinned to those
   * that all of these processors have, the number of threads is 1, and environment variables that
   * would choose otherwise are not heard.
   *
   * <p>Equal bits need equal versions of Sparring, of the native libraries (Sparring brings them)
   * and of the C library, whose functions they call. Extractors of features from ONNX files compute
   * outside of the engine and are not covered.
   *
   * <p>Libraries choose their kernels once, when they load: a process is portable or is not.
   *
   * @throws EngineException if this machine cannot do it, or the process has opened an engine that
   *     is not portable
   */
  default Engine openPortable(Device device, Precision precision) {
    throw new EngineException(whyNotPortable().orElse("no portable results"));
  }
}
