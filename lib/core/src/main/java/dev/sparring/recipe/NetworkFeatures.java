package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import org.jspecify.annotations.Nullable;

/**
 * What a network from a file sees.
 *
 * @param file a network as ONNX or TorchScript; like folders of data, its path is relative to where
 *     the run is started
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

  /**
   * The first output. There is no usual preprocessing: a wrong one would give a wrong figure that
   * looks like a right one.
   */
  @Defaults
  public static NetworkFeatures network(String file, String preprocessing) {
    return new NetworkFeatures(file, preprocessing, null);
  }

  /** The same with another output. */
  public NetworkFeatures output(String output) {
    return new NetworkFeatures(file, preprocessing, output);
  }
}
