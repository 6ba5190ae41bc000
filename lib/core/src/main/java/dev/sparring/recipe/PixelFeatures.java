package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/** The samples' own pixel values. Needs no network, but recognizes no shapes or objects. */
@Word("pixels")
public record PixelFeatures() implements FeatureSource {
  /** These features; they have no settings. */
  @Defaults
  public static PixelFeatures pixels() {
    return new PixelFeatures();
  }
}
