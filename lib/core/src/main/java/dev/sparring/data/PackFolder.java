package dev.sparring.data;

import dev.sparring.file.CacheDirectory;
import dev.sparring.file.FileMutex;
import dev.sparring.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where decoded images are kept for later starts: one file for each folder and way of decoding it.
 *
 * @param folder need not exist; null if none are kept
 */
record PackFolder(@Nullable Path folder) {
  /** The variable that turns it off. */
  static final String VARIABLE = "SPARRING_KEEP_IMAGES";

  /** Keeps none. */
  static final PackFolder NONE = new PackFolder(null);

  /**
   * In the user's cache, unless the user wants none.
   *
   * @throws DataException if the variable is neither true nor false
   */
  static PackFolder standard(Map<String, String> environment) {
    String keeps = environment.getOrDefault(VARIABLE, "true");
    if (!keeps.equalsIgnoreCase("true") && !keeps.equalsIgnoreCase("false")) {
      throw new DataException(VARIABLE + ": must be true or false, got '" + keeps + "'");
    }
    return Boolean.parseBoolean(keeps)
        ? new PackFolder(CacheDirectory.of(environment).resolve("images"))
        : NONE;
  }

  boolean keeps() {
    return folder != null;
  }

  /** The file of a folder of images, whether it exists or not. */
  Path file(FolderFiles files, ImageFolder settings, List<@Nullable Side> sides) {
    String key =
        String.join(
            "\n",
            "images " + ImagePack.FORMAT,
            InputFile.rawOf(files.root().path()),
            "size " + settings.size(),
            "channels " + settings.channels(),
            "recursive " + settings.recursive(),
            "sides " + sides);
    String name = Sha256.of(key.getBytes(StandardCharsets.UTF_8)) + ".images";
    return Objects.requireNonNull(folder).resolve(name);
  }

  /**
   * Does work while no other thread or process writes the file.
   *
   * @throws IOException if the folder cannot be written to, before the work is begun
   */
  <T> T holding(Path file, Runnable waiting, Supplier<T> work) throws IOException {
    Files.createDirectories(Objects.requireNonNull(folder));
    return FileMutex.holding(file.resolveSibling(file.getFileName() + ".lock"), waiting, work);
  }

  static String cannotKeep(Path file, String reason) {
    return file + ": cannot keep decoded images: " + reason + "; they are decoded at each start";
  }
}
