package dev.sparring.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file or folder that a recipe names. Names are UTF-8 in every locale: Java itself reads and
 * writes them in the locale's encoding, so that under {@code LC_ALL=C}, or with no locale as in
 * most containers, it loses every character that is not ASCII.
 *
 * @param name as messages show it
 * @param path where it is
 */
record InputFile(String name, Path path) {
  /** The character that stands where a name could not be decoded. */
  private static final char LOST = '\uFFFD';

  /** The file of a name in a recipe. */
  static InputFile of(String name) {
    try {
      Path path = Path.of(name);
      return new InputFile(path.toString(), path);
    } catch (InvalidPathException e) {
      return new InputFile(name, encoded(name, e));
    }
  }

  static InputFile of(Path path) {
    return new InputFile(nameOf(path), path);
  }

  private static Path encoded(String name, InvalidPathException reason) {
    if (name.indexOf('\0') >= 0) {
      throw new DataException(
          name.replace("\0", "\\0") + ": no file has a name with the character NUL");
    }
    if (name.indexOf(LOST) >= 0) {
      throw new DataException(name + ": " + lost());
    }
    try {
      String start = name.startsWith("/") ? "file://" : slashed(uri(Path.of("")));
      return Path.of(URI.create(start + percent(name)));
    } catch (IllegalArgumentException e) {
      throw new DataException(name + ": is no file's name: " + reason.getReason(), e);
    }
  }

  /** Why a name with lost characters names no file, and what would help. */
  private static String lost() {
    return "is not the name that was given: this Java decodes names as "
        + System.getProperty("sun.jnu.encoding")
        + "; the environment variable LC_ALL=C.UTF-8 would let it read them";
  }

  private static String uri(Path path) {
    return path.toAbsolutePath().toUri().toString();
  }

  private static String slashed(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }

  private static String percent(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "/-_.~".indexOf(c) >= 0);
      text.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return text.toString();
  }

  /**
   * A path as text. Its bytes are read as UTF-8 whatever the locale is; only those that are no
   * UTF-8 are lost.
   */
  static String nameOf(Path path) {
    String shown = path.toString();
    if (shown.indexOf(LOST) < 0 && shown.indexOf('?') < 0) {
      return shown;
    }
    String raw = rawOf(path);
    if (path.isAbsolute()) {
      return decoded(raw);
    }
    String start = slashed(rawOf(Path.of("")));
    return decoded(raw.startsWith(start) ? raw.substring(start.length()) : raw);
  }

  /** The bytes of an absolute path, percent-encoded, without a slash at its end. */
  static String rawOf(Path path) {
    String raw = path.toAbsolutePath().toUri().getRawPath();
    return raw.length() > 1 && raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
  }

  /** Percent-encoded bytes as text. */
  static String decoded(String raw) {
    byte[] bytes = new byte[raw.length()];
    int count = 0;
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes[count++] = (byte) Integer.parseInt(raw.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[count++] = (byte) raw.charAt(i);
      }
    }
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  /**
   * Opens a regular file. Pipes are refused: Java would wait for a writer for ever.
   *
   * @throws DataException if it is missing or something else
   */
  InputStream open() throws IOException {
    requireRegular();
    return Files.newInputStream(path);
  }

  /** The size of a regular file in bytes. */
  long size() throws IOException {
    requireRegular();
    return Files.size(path);
  }

  private void requireRegular() {
    if (Files.isRegularFile(path)) {
      return;
    }
    String problem =
        Files.isDirectory(path)
            ? "is a folder, expected a file"
            : Files.exists(path)
                ? "is a pipe, a socket or a device, expected a regular file"
                : Files.isSymbolicLink(path) ? "is a link to nothing" : "no such file";
    throw new DataException(this + ": " + problem);
  }

  @Override
  public String toString() {
    return name;
  }
}
