package dev.sparring.classify;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The facts about a trained classifier.
 *
 * @param architecture the name of its architecture
 * @param weights SHA-256 of its weights, in hexadecimal: figures can be compared if this is equal
 * @param steps number of training steps
 * @param accuracy share of held-out samples that are classified correctly, from 0 to 1
 * @param heldOut number of held-out samples
 * @param engine the engine on which it was trained, with its version
 * @param kernels {@code portable} if that was done with the kernels and the one thread of portable
 *     runs, so that every such machine gets the same weights; otherwise {@code threads: N, of one
 *     machine}
 */
public record ClassifierFacts(
    String architecture,
    String weights,
    int steps,
    double accuracy,
    int heldOut,
    String engine,
    String kernels) {

  /** As metadata of the file of weights, in which all values are texts. */
  Map<String, String> toMetadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("architecture", architecture);
    metadata.put("weights", weights);
    metadata.put("steps", String.valueOf(steps));
    metadata.put("accuracy", String.valueOf(accuracy));
    metadata.put("heldOut", String.valueOf(heldOut));
    metadata.put("engine", engine);
    metadata.put("kernels", kernels);
    return metadata;
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException if a value is missing or is not a number
   */
  static ClassifierFacts of(Map<String, String> metadata) {
    return new ClassifierFacts(
        text(metadata, "architecture"),
        text(metadata, "weights"),
        Integer.parseInt(text(metadata, "steps")),
        Double.parseDouble(text(metadata, "accuracy")),
        Integer.parseInt(text(metadata, "heldOut")),
        text(metadata, "engine"),
        text(metadata, "kernels"));
  }

  private static String text(Map<String, String> metadata, String name) {
    String value = metadata.get(name);
    if (value == null) {
      throw new IllegalArgumentException("its metadata lacks '" + name + "'");
    }
    return value;
  }

  /** In one line, for the conditions of figures. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "classifier %s, accuracy %.4f on %d held out, weights %s, trained on %s, %s",
        architecture,
        accuracy,
        heldOut,
        weights,
        engine,
        kernels);
  }
}
