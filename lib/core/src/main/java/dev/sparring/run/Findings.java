package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.train.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of findings of detectors, one line each, e.g. {@code step 600: D has won: ...}. */
final class Findings {
  private static final Pattern LINE = Pattern.compile("step (\\d{1,18}): .*");

  private final Path file;

  private Findings(Path file) {
    this.file = file;
  }

  static Findings fresh(Path file) throws IOException {
    Files.deleteIfExists(file);
    return new Findings(file);
  }

  /**
   * Continues after a step; lines of later steps, which a killed run may have left, are removed.
   */
  static Findings resume(Path file, long step) throws IOException {
    if (Files.exists(file)) {
      List<String> kept =
          Files.readString(file).lines().filter(line -> stepOf(line) <= step).toList();
      AtomicFile.writeText(file, String.join("", kept.stream().map(l -> l + "\n").toList()));
    }
    return new Findings(file);
  }

  private static long stepOf(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
  }

  void append(Finding finding) throws IOException {
    Files.writeString(file, finding + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
