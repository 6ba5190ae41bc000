package dev.sparring.extract;

import java.util.List;

/**
 * Opens files of one kind as extractors; found by {@link java.util.ServiceLoader}. Core brings
 * none: networks need a runtime.
 */
public interface ExtractorProvider {
  /** The endings of such files in lower case, e.g. {@code .onnx}. */
  List<String> endings();

  /**
   * Opens one.
   *
   * @throws ExtractorException if the file does not hold such a network, or has no output as named
   * @throws dev.sparring.tensor.EngineException if the runtime does not load
   */
  Extractor open(ExtractorFile file);
}
