package dev.sparring.eval;

import dev.sparring.classify.ClassifierCache;
import dev.sparring.classify.ClassifierExtractor;
import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.extract.Extractor;
import dev.sparring.extract.ExtractorException;
import dev.sparring.extract.ExtractorFile;
import dev.sparring.extract.ExtractorProvider;
import dev.sparring.extract.Pixels;
import dev.sparring.extract.Preprocessing;
import dev.sparring.recipe.ClassifierFeatures;
import dev.sparring.recipe.FeatureSource;
import dev.sparring.recipe.NetworkFeatures;
import dev.sparring.tensor.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Opens files as extractors, by their endings, with what is on the class path. */
public final class Extractors {
  /** Artifact by file ending, for the error message when it is missing. */
  private static final Map<String, String> ARTIFACTS =
      new TreeMap<>(
          Map.of(
              ".onnx", "sparring-onnxruntime",
              ".pt", "sparring-torch",
              ".ts", "sparring-torch",
              ".torchscript", "sparring-torch"));

  private Extractors() {}

  /**
   * Opens the extractor that a recipe names.
   *
   * @param data the recipe's training data
   * @param real the same, open
   * @param engine the engine of a classifier, which is usable as long as the engine is open
   * @param log receives lines about what takes time
   * @return to be closed by the caller
   * @throws ExtractorException if there is no such network or preprocessing
   * @throws IllegalArgumentException if a classifier is wanted and the data has no labels
   */
  public static Extractor open(
      FeatureSource source, Data data, DataSet real, Engine engine, Consumer<String> log) {
    if (source instanceof ClassifierFeatures) {
      return ClassifierCache.standard(log).extractor(data, real, engine);
    }
    return source instanceof NetworkFeatures network ? open(network) : new Pixels();
  }

  /** The same for a file. */
  static Extractor open(NetworkFeatures network) {
    return open(
        Path.of(network.file()),
        preprocessing(network.preprocessing()),
        Optional.ofNullable(network.output()));
  }

  /** The name of these features in figures; opens nothing. */
  static String name(FeatureSource source) {
    if (source instanceof ClassifierFeatures) {
      return ClassifierExtractor.NAME;
    }
    return source instanceof NetworkFeatures network
        ? ExtractorFile.name(Path.of(network.file()))
        : Pixels.NAME;
  }

  private static Preprocessing preprocessing(String name) {
    try {
      return Preprocessing.named(name);
    } catch (IllegalArgumentException e) {
      throw new ExtractorException("evaluate.extractor: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a file; the features are the network's first output.
   *
   * @throws ExtractorException if it is no network of a known kind, or the artifact that reads it
   *     is not on the class path
   */
  public static Extractor open(Path path, Preprocessing preprocessing) {
    return open(path, preprocessing, Optional.empty());
  }

  /**
   * Opens a file.
   *
   * @param output the network's output that holds the features: a name, or in TorchScript the index
   *     in a tuple, from 0; empty for the first
   * @throws ExtractorException if it is no network of a known kind or has no such output, or the
   *     artifact that reads it is not on the class path
   */
  public static Extractor open(Path path, Preprocessing preprocessing, Optional<String> output) {
    return open(
        path,
        preprocessing,
        output,
        ServiceLoader.load(ExtractorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  static Extractor open(
      Path path,
      Preprocessing preprocessing,
      Optional<String> output,
      List<ExtractorProvider> providers) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    for (ExtractorProvider provider : providers) {
      if (provider.endings().stream().anyMatch(name::endsWith)) {
        return provider.open(ExtractorFile.of(path, preprocessing, output));
      }
    }
    ARTIFACTS.forEach(
        (ending, artifact) -> {
          if (name.endsWith(ending)) {
            throw new ExtractorException(
                path
                    + ": nothing on the class path reads "
                    + ending
                    + " files; add the artifact "
                    + artifact);
          }
        });
    throw new ExtractorException(
        path + ": expected a file ending in " + String.join(", ", ARTIFACTS.keySet()));
  }
}
