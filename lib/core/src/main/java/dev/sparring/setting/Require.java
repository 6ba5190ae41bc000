package dev.sparring.setting;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks for the constructors of a recipe's records. Messages name the setting, the limit and the
 * given value. NaN fails every check.
 */
public final class Require {
  private static final int LONGEST_NAME = 255;
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);

  private Require() {}

  /** A whole number that is large enough. */
  public static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be >= " + least + ", got " + value);
    }
  }

  /** A whole number between two, both included. */
  public static void between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", got " + value);
    }
  }

  /** A finite number. */
  public static void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, got " + value);
    }
  }

  /** A finite number above 0, or null if the setting is optional. */
  public static void positive(String name, @Nullable Double value) {
    if (value == null) {
      return;
    }
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be > 0, got " + value);
    }
    finite(name, value);
  }

  /** A finite number, 0 or above. */
  public static void notNegative(String name, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(name + " must be >= 0, got " + value);
    }
    finite(name, value);
  }

  /** A share from 0 to 1, less than 1. */
  public static void belowOne(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1), got " + value);
    }
  }

  /**
   * A name that is also used for files and directories, and can be one on every usual system: at
   * most 255 characters, no dot at its end, and none of the names that Windows has for devices.
   */
  public static void name(String name, String value) {
    if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          name
              + " must be letters, digits, '.', '_' and '-' and begin with a letter or digit, got "
              + Shown.quoted(value));
    }
    if (value.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          name
              + " must have at most "
              + LONGEST_NAME
              + " characters, as it names a folder, got "
              + value.length());
    }
    if (value.endsWith(".")) {
      throw new IllegalArgumentException(
          name + " must not end with a dot, as it names a folder, got '" + value + "'");
    }
    if (DEVICE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          name + " must not be a device of Windows, as it names a folder, got '" + value + "'");
    }
  }

  /** A share from 0 to 1, both included. */
  public static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], got " + value);
    }
  }

  /** A share above 0, at most 1. */
  public static void shareAboveZero(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1], got " + value);
    }
  }

  /** The path of a file or folder: a text that is not blank, and could be a path on any system. */
  public static void file(String name, String value) {
    notBlank(name, value);
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          name
              + " must be a path, which has no character NUL, got '"
              + value.replace("\0", "\\u0000")
              + "'");
    }
  }

  /** A text that is not blank. */
  public static void notBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }
}
