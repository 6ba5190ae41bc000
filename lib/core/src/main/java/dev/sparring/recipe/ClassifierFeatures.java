package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/**
 * Features of a small classifier. It is trained on the labels of the data before the first run and
 * kept for later runs.
 */
@Word("classifier")
public record ClassifierFeatures() implements FeatureSource {
  /** These features; they have no settings. */
  @Defaults
  public static ClassifierFeatures classifier() {
    return new ClassifierFeatures();
  }
}
