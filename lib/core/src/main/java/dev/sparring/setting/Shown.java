package dev.sparring.setting;

import java.util.stream.Collectors;

/**
 * What users wrote, as messages show it: on one line, not too long, and without characters that
 * steer a terminal or hide what is there. Line breaks, escapes, NUL, marks that turn the direction
 * of text and halves of surrogate pairs appear as {@code \n} or {@code \u001b}.
 */
public final class Shown {
  /** Longer values lose their middle. */
  private static final int LONGEST_VALUE = 100;

  /** Longer lines do; no message of the library's own words is as long. */
  private static final int LONGEST_LINE = 4000;

  private static final int LAST = 10;

  private Shown() {}

  /** A value in quotation marks; of a long one the ends, and its length. */
  public static String quoted(String value) {
    boolean isLong = value.length() > LONGEST_VALUE;
    return "'" + value(value) + "'" + (isLong ? " (" + value.length() + " characters)" : "");
  }

  /** A value without quotation marks, such as a key; of a long one the ends. */
  public static String value(String value) {
    return escaped(cut(value, LONGEST_VALUE));
  }

  /** A line of any message. */
  public static String line(String text) {
    return escaped(cut(text, LONGEST_LINE));
  }

  /** A message of several lines, each of which is shown for itself. */
  public static String lines(String text) {
    return text.lines().map(Shown::line).collect(Collectors.joining("\n"));
  }

  /** All of a text, with escapes. */
  public static String escaped(String text) {
    if (text.codePoints().noneMatch(Shown::hides)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        if (!hides(c)) {
          shown.appendCodePoint(c);
        } else {
          shown.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  private static boolean hides(int c) {
    boolean isNoCharacter = (c & 0xfffe) == 0xfffe;
    return isNoCharacter
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SURROGATE ->
              true;
          default -> false;
        };
  }

  /** The ends of a long text; a surrogate pair is not cut in two. */
  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int head = longest - LAST - 3;
    if (Character.isHighSurrogate(text.charAt(head - 1))) {
      head--;
    }
    int tail = text.length() - LAST;
    if (Character.isLowSurrogate(text.charAt(tail))) {
      tail++;
    }
    return text.substring(0, head) + "..." + text.substring(tail);
  }
}
