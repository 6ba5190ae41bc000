package dev.sparring.layer;

import org.jspecify.annotations.Nullable;

/** A conditional layer: what it computes depends on the class of each sample. */
public interface Conditional extends Layer {
  /** The number of classes, or null for that of the data. */
  @Nullable Integer classes();

  /** The same for another number of classes. */
  Conditional classes(int classes);

  /**
   * The number of classes, once it is known.
   *
   * @throws IllegalArgumentException if neither the layer nor its data gives it
   */
  default int knownClasses() {
    Integer classes = classes();
    if (classes == null) {
      throw new IllegalArgumentException(
          "needs labels: it says no number of classes, and the data has no labels");
    }
    return classes;
  }
}
