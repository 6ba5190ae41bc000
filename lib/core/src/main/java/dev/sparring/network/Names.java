package dev.sparring.network;

import java.util.Locale;

/** Names of constants as the command line and messages have them. */
final class Names {
  private Names() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
