package dev.sparring.onnxruntime;

import dev.sparring.extract.Extractor;
import dev.sparring.extract.ExtractorFile;
import dev.sparring.extract.ExtractorProvider;
import dev.sparring.extract.NetworkExtractor;
import java.util.List;

/**
 * Opens ONNX files as extractors. The input is the model's first of floats, images (N, C, H, W);
 * the features are its first output or the one that is named.
 */
public final class OnnxExtractorProvider implements ExtractorProvider {
  /** For {@link java.util.ServiceLoader}. */
  public OnnxExtractorProvider() {}

  @Override
  public List<String> endings() {
    return List.of(".onnx");
  }

  @Override
  public Extractor open(ExtractorFile file) {
    return new NetworkExtractor(file, OrtModel.open(file));
  }
}
