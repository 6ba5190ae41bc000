package dev.sparring.extract;

import java.util.List;

/**
 * Opens files of one kind as extractors; found by {@link java.util.ServiceLoader}. Core has none,
 * because networks need a runtime.
 */
public interface ExtractorProvider {
  /** The endings of such files in lower case, e.g. {@code .onnx}. */
  List<String> endings();

  /**
   * Opens a file.
   *
   * @throws ExtractorException if the file does not hold such a network, or has no output of that
   *     name
   * @throws dev.sparring.tensor.EngineException if the runtime does not load
   */
  Extractor open(ExtractorFile file);
}
