package dev.sparring.file;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folder of files that can be recreated: downloads, classifiers, features. It may be deleted at
 * any time.
 */
public final class CacheDirectory {
  private CacheDirectory() {}

  /**
   * {@code $XDG_CACHE_HOME/sparring}, or {@code ~/.cache/sparring} where that is not set; the
   * folder need not exist.
   *
   * @param environment of the process, as {@link System#getenv()}
   */
  public static Path of(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    // The specification says that relative paths are ignored.
    Path base =
        Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("sparring");
  }
}
