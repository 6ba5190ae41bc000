package dev.sparring.torch;

import dev.sparring.extract.Extractor;
import dev.sparring.extract.ExtractorFile;
import dev.sparring.extract.ExtractorProvider;
import dev.sparring.extract.NetworkExtractor;
import java.util.List;

/**
 * Opens TorchScript files as extractors ({@code torch.jit.save}). {@code forward} gets one tensor
 * of images (N, C, H, W), and {@code return_features=True} if it has a parameter of that name, as
 * the published {@code inception-2015-12-05.pt} does. The features are the tensor that it returns,
 * or one in a tuple, a list or a dictionary.
 */
public final class TorchExtractorProvider implements ExtractorProvider {
  /** For {@link java.util.ServiceLoader}. */
  public TorchExtractorProvider() {}

  @Override
  public List<String> endings() {
    return List.of(".pt", ".ts", ".torchscript");
  }

  @Override
  public Extractor open(ExtractorFile file) {
    return new NetworkExtractor(file, TorchScript.open(file));
  }
}
