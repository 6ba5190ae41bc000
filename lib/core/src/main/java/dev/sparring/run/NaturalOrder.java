package dev.sparring.run;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/** The order of names in which seed-9 comes before seed-10. */
final class NaturalOrder {
  /** Between a digit and something else, and between something else and a digit. */
  private static final Pattern BORDER =
      Pattern.compile("(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])");

  private NaturalOrder() {}

  static int compare(String a, String b) {
    List<String> parts = List.of(BORDER.split(a));
    List<String> others = List.of(BORDER.split(b));
    for (int i = 0; i < Math.min(parts.size(), others.size()); i++) {
      int order = part(parts.get(i), others.get(i));
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(parts.size(), others.size());
    return order != 0 ? order : a.compareTo(b);
  }

  private static int part(String a, String b) {
    return isNumber(a) && isNumber(b)
        ? new BigInteger(a).compareTo(new BigInteger(b))
        : a.compareTo(b);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.charAt(0) >= '0' && part.charAt(0) <= '9';
  }
}
