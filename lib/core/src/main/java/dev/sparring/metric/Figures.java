package dev.sparring.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Formats results as maps and lines. */
final class Figures {
  private final Map<String, Double> map = new LinkedHashMap<>();

  Figures with(String name, double value) {
    map.put(name, value);
    return this;
  }

  Figures with(String name, OptionalDouble value) {
    value.ifPresent(v -> map.put(name, v));
    return this;
  }

  Map<String, Double> map() {
    return Collections.unmodifiableMap(map);
  }

  /** "name value, name value (protocol); warning: text". */
  static String line(MetricResult result) {
    String figures =
        result.figures().entrySet().stream()
            .map(e -> e.getKey() + " " + number(e.getValue()))
            .collect(Collectors.joining(", "));
    String warnings =
        result.warnings().stream().map(w -> "; warning: " + w).collect(Collectors.joining());
    return figures + " (" + result.conditions() + ")" + warnings;
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e6;
    return whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.6g", value);
  }

  /** Checks that both data sets have the same number of features. */
  static void checkSameColumns(String metric, int real, int fake) {
    if (real != fake) {
      throw new IllegalArgumentException(
          metric
              + ": real samples have "
              + real
              + " features, fake ones "
              + fake
              + "; one extractor must make both");
    }
  }

  /** A warning if there are not as many fake samples as real ones, as in the papers. */
  static List<String> unequalCounts(int real, int fake, String effect) {
    return real == fake
        ? List.of()
        : List.of(real + " real samples but " + fake + " fake ones: " + effect);
  }
}
