package dev.sparring.weights;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of modules by the numbers in their paths: {@code main.2} before {@code main.10}, {@code
 * conv2} before {@code conv10}. A safetensors file keeps no order of its own; most programs sort
 * its names.
 */
final class NumberedOrder {
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{0,9})", Pattern.DOTALL);

  static final Comparator<String> BY_NUMBERS =
      ((Comparator<String>)
              (a, b) -> Arrays.compare(parts(a), parts(b), NumberedOrder::compareParts))
          // conv2 and conv02 are two modules.
          .thenComparing(Comparator.naturalOrder());

  private NumberedOrder() {}

  /** Whether numbers alone decide the order of all of these, which are in that order. */
  static boolean isDecided(List<String> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      if (!isDecided(parts(sorted.get(i - 1)), parts(sorted.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDecided(String[] a, String[] b) {
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      if (!a[i].equals(b[i])) {
        Matcher x = match(a[i]);
        Matcher y = match(b[i]);
        return x.group(1).equals(y.group(1))
            && !x.group(2).isEmpty()
            && !y.group(2).isEmpty()
            && compareParts(a[i], b[i]) != 0;
      }
    }
    return false;
  }

  private static int compareParts(String a, String b) {
    Matcher x = match(a);
    Matcher y = match(b);
    int names = x.group(1).compareTo(y.group(1));
    if (names != 0 || x.group(2).isEmpty() || y.group(2).isEmpty()) {
      return names != 0 ? names : x.group(2).compareTo(y.group(2));
    }
    return Integer.compare(Integer.parseInt(x.group(2)), Integer.parseInt(y.group(2)));
  }

  private static Matcher match(String part) {
    Matcher matcher = NUMBERED.matcher(part);
    if (!matcher.matches()) {
      throw new IllegalStateException("every text matches: " + part);
    }
    return matcher;
  }

  private static String[] parts(String path) {
    return path.split("\\.", -1);
  }
}
