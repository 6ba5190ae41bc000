package dev.sparring.recipe;

import org.jspecify.annotations.Nullable;

/**
 * What a network from a file sees.
 *
 * @param file a network as ONNX or TorchScript
 * @param preprocessing what samples go through before the network, by name
 * @param output which of the network's outputs the features are, or null for the first
 */
@Word("network")
public record NetworkFeatures(String file, String preprocessing, @Nullable String output)
    implements FeatureSource {
  /** Checks that there are names. */
  public NetworkFeatures {
    Require.notBlank("file", file);
    Require.notBlank("preprocessing", preprocessing);
    if (output != null) {
      Require.notBlank("output", output);
    }
  }

  /** The first output for samples as they are, in [-1, 1]. */
  @Defaults
  public static NetworkFeatures network(String file) {
    return new NetworkFeatures(file, "signed", null);
  }

  /** The same with another preprocessing. */
  public NetworkFeatures preprocessing(String preprocessing) {
    return new NetworkFeatures(file, preprocessing, output);
  }

  /** The same with another output. */
  public NetworkFeatures output(String output) {
    return new NetworkFeatures(file, preprocessing, output);
  }
}
