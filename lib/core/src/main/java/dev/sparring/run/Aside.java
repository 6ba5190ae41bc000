package dev.sparring.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps what a resume takes out of a run directory: in a folder {@code aside-N} of it, under the
 * names that the files had. The folder is created with the first file.
 */
final class Aside {
  private final Path run;
  private final Path folder;

  Aside(RunDirectory run) {
    this.run = run.path();
    int n = 1;
    while (Files.exists(this.run.resolve("aside-" + n))) {
      n++;
    }
    folder = this.run.resolve("aside-" + n);
  }

  /** Such as {@code aside-1}. */
  String name() {
    return String.valueOf(folder.getFileName());
  }

  /** Moves a file or folder of the run. */
  void move(Path file) throws IOException {
    Files.move(file, place(file), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Copies a file of the run; the first copy stays. */
  void copy(Path file) throws IOException {
    Path place = place(file);
    if (!Files.exists(place)) {
      Files.copy(file, place);
    }
  }

  private Path place(Path file) throws IOException {
    Path place = folder.resolve(run.relativize(file));
    Files.createDirectories(place.resolveSibling("."));
    return place;
  }
}
