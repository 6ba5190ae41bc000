package dev.sparring.data;

/**
 * Data is missing or damaged; the message says in one line which file, what is wrong, and what
 * would be right.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 2000;

  /** A problem with the data. */
  public DataException(String message) {
    super(line(message));
  }

  /** A problem with the data that has a cause. */
  public DataException(String message, Throwable cause) {
    super(line(message), cause);
  }

  /** One line, whatever a file or its name contains. */
  static String line(String message) {
    StringBuilder line = new StringBuilder();
    for (char c : message.toCharArray()) {
      line.append(Character.isISOControl(c) ? String.format("\\u%04X", (int) c) : c);
    }
    return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line.toString();
  }
}
