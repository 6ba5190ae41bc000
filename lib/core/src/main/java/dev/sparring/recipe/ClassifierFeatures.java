package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/**
 * Features of a small classifier. Those of the digits and of Fashion-MNIST's training part come
 * with the library. That of other data is trained on its labels before the first run and kept for
 * later runs.
 */
@Word("classifier")
public record ClassifierFeatures() implements FeatureSource {
  /** These features; they have no settings. */
  @Defaults
  public static ClassifierFeatures classifier() {
    return new ClassifierFeatures();
  }
}
