package dev.sparring.data;

/** Exceptions of Java's image readers in words. */
final class Damage {
  private static final int LONGEST = 200;

  private Damage() {}

  static String reason(Exception e) {
    String text = e.getMessage();
    if (text == null || e instanceof RuntimeException) {
      text = String.valueOf(e);
    }
    Throwable cause = e.getCause();
    if (cause != null && cause.getMessage() != null && !text.contains(cause.getMessage())) {
      text += ": " + cause.getMessage();
    }
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
  }
}
