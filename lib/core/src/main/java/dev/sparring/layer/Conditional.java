package dev.sparring.layer;

import org.jspecify.annotations.Nullable;

/** A layer that looks at the class of each sample: what it computes is made for that class. */
public interface Conditional extends Layer {
  /** How many classes there are, or null for as many as the data has. */
  @Nullable Integer classes();

  /** The same for so many classes. */
  Conditional classes(int classes);

  /**
   * How many classes there are, once that is known.
   *
   * @throws IllegalArgumentException if neither the layer nor its data says
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
