package dev.sparring.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a killed process left half written: files and folders {@code .NAME.part}. Deleted by the
 * holder of the run only; none of them was ever complete.
 */
final class Leftovers {
  private static final Pattern PART = Pattern.compile("\\..+\\.part");

  /** Reports, exports and evaluations are written beside a training, each in seconds. */
  private static final Duration WRITTEN = Duration.ofHours(1);

  private Leftovers() {}

  static void delete(RunDirectory run) throws IOException {
    for (Path folder : List.of(run.checkpoints(), run.samples(0).resolveSibling("."))) {
      for (Path part : parts(folder)) {
        Checkpoint.delete(part);
      }
    }
    Instant old = Instant.now().minus(WRITTEN);
    for (Path folder : List.of(run.path(), run.evaluation(0).resolveSibling("."))) {
      for (Path part : parts(folder)) {
        if (isTrainings(run, part) || Files.getLastModifiedTime(part).toInstant().isBefore(old)) {
          Checkpoint.delete(part);
        }
      }
    }
  }

  private static boolean isTrainings(RunDirectory run, Path part) {
    String name = String.valueOf(part.getFileName());
    return Stream.of(run.provenance(), run.recipe(), run.script(), run.metrics(), run.findings())
        .anyMatch(file -> name.startsWith("." + file.getFileName() + "."));
  }

  private static List<Path> parts(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(p -> PART.matcher(p.getFileName().toString()).matches()).toList();
    }
  }
}
