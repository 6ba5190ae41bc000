package dev.sparring.recipe;

import dev.sparring.setting.Defaults;
import dev.sparring.setting.Word;

/** The samples' own numbers: needs nothing, and sees neither strokes nor objects. */
@Word("pixels")
public record PixelFeatures() implements FeatureSource {
  /** These features; they have no settings. */
  @Defaults
  public static PixelFeatures pixels() {
    return new PixelFeatures();
  }
}
