package dev.sparring.metric;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which numbers of a figure are better. */
public enum Direction {
  /** Lower ones, as of distances. */
  LOWER,
  /** Higher ones, as of precision and recall. */
  HIGHER;

  private static final Map<String, Direction> FIGURES =
      Map.ofEntries(
          Map.entry("frechet_distance", LOWER),
          Map.entry("frechet_distance_infinite", LOWER),
          Map.entry("kernel_distance", LOWER),
          Map.entry("monge_distance", LOWER),
          Map.entry("reverse_kl", LOWER),
          Map.entry("reverse_kl_high_quality", LOWER),
          Map.entry("class_reverse_kl", LOWER),
          Map.entry("pair_l1", LOWER),
          Map.entry("pair_l2", LOWER),
          Map.entry("precision", HIGHER),
          Map.entry("recall", HIGHER),
          Map.entry("density", HIGHER),
          Map.entry("coverage", HIGHER),
          Map.entry("modes_hit", HIGHER),
          Map.entry("high_quality", HIGHER),
          Map.entry("classes_hit", HIGHER),
          Map.entry("inception_score", HIGHER),
          Map.entry("classifier_score", HIGHER));

  /**
   * The direction of a figure that metrics of this package give. Losses have none: a lower one of a
   * player is a higher one of the other; nor have deviations.
   *
   * @param column a figure's name, or a column {@code FIGURE.EXTRACTOR}
   * @return empty if it has none, or is not known
   */
  public static Optional<Direction> of(String column) {
    int dot = column.indexOf('.');
    return Optional.ofNullable(FIGURES.get(dot < 0 ? column : column.substring(0, dot)));
  }

  /** Whether one number is better than another. */
  public boolean isBetter(double one, double other) {
    return this == LOWER ? one < other : one > other;
  }

  /** The direction in a word: lower, higher. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
