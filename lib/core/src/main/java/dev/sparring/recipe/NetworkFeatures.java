package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import org.jspecify.annotations.Nullable;

/**
 * Features computed by a network from a file.
 *
 * @param file a network as ONNX or TorchScript; like folders of data, its path is relative to where
 *     the run is started. A TorchScript file is a program, which runs when it is opened: take it
 *     from sources that you trust, as a jar. ONNX is data
 * @param preprocessing name of the preprocessing of samples before the network
 * @param output name of the network's output that holds the features, or null for the first output
 */
@Word("network")
public record NetworkFeatures(String file, String preprocessing, @Nullable String output)
    implements FeatureSource {
  /** Checks that there are names. */
  public NetworkFeatures {
    Require.file("file", file);
    Require.notBlank("preprocessing", preprocessing);
    if (output != null) {
      Require.notBlank("output", output);
    }
  }

  /**
   * The first output. Preprocessing has no default: a wrong one would give a wrong figure that
   * looks right.
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
