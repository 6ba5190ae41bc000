package dev.sparring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
  @Test
  void itIsWhereTheSystemWantsIt(@TempDir Path folder) {
    Path home = Path.of(System.getProperty("user.home"), ".cache", "sparring");
    assertEquals(home, CacheDirectory.of(Map.of()));
    assertEquals(home, CacheDirectory.of(Map.of("XDG_CACHE_HOME", "")));
    assertEquals(home, CacheDirectory.of(Map.of("XDG_CACHE_HOME", "relative")));
    assertEquals(
        folder.resolve("sparring"), CacheDirectory.of(Map.of("XDG_CACHE_HOME", folder.toString())));
  }
}
