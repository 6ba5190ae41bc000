package dev.sparring.process;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;

/**
 * Identifies a native library in a jar by what the jar's index says. A SHA-256 of libtorch would
 * take a second of every start.
 */
public final class LibraryFile {
  private LibraryFile() {}

  /**
   * Its size and CRC-32.
   *
   * @param resource its path in the jar
   * @return empty if it is not in a jar of this class loader
   */
  public static Optional<String> describe(ClassLoader loader, String resource) {
    URL url = loader.getResource(resource);
    if (url == null) {
      return Optional.empty();
    }
    try {
      if (url.openConnection() instanceof JarURLConnection jar) {
        JarEntry entry = jar.getJarEntry();
        return Optional.of(
            String.format(Locale.ROOT, "%d bytes, CRC-32 %08x", entry.getSize(), entry.getCrc()));
      }
    } catch (IOException e) {
      return Optional.empty(); // a jar that was replaced while the program runs
    }
    return Optional.empty();
  }
}
