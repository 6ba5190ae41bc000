package dev.sparring.run;

import dev.sparring.file.WholeFile;
import dev.sparring.train.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The file of figures: {@code step,seconds,loss_d,loss_g} and a column for each further figure. */
final class Metrics {
  private final Path file;
  private @Nullable String header;

  private Metrics(Path file, @Nullable String header) {
    this.file = file;
    this.header = header;
  }

  static Metrics fresh(Path file) {
    return new Metrics(file, null);
  }

  /**
   * Goes on behind a step; rows of later steps, which a killed run may have left, go, and so do
   * damaged ones.
   */
  static Metrics resume(Path file, long step) throws IOException {
    if (!Files.exists(file)) {
      return fresh(file);
    }
    String text = Files.readString(file);
    // What has no end of line was torn off.
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    if (lines.isEmpty()) {
      return fresh(file);
    }
    String header = lines.get(0);
    List<String> kept = new ArrayList<>(List.of(header));
    for (String line : lines.subList(1, lines.size())) {
      if (line.matches("\\d{1,18},.*")
          && commas(line) == commas(header)
          && Long.parseLong(line.substring(0, line.indexOf(','))) <= step) {
        kept.add(line);
      }
    }
    WholeFile.writeText(file, String.join("\n", kept) + "\n");
    return new Metrics(file, header);
  }

  private static long commas(String line) {
    return line.chars().filter(c -> c == ',').count();
  }

  void append(Step step) throws IOException {
    String columns = "step,seconds," + String.join(",", step.figures().keySet());
    if (header == null) {
      Files.writeString(file, columns + "\n");
      header = columns;
    } else if (!header.equals(columns)) {
      throw new RunException(
          file + ": has the columns " + header + ", but this run has " + columns);
    }
    StringBuilder row = new StringBuilder();
    row.append(step.number()).append(',');
    row.append(String.format(Locale.ROOT, "%.3f", step.seconds()));
    step.figures().values().forEach(v -> row.append(',').append(v));
    Files.writeString(file, row.append('\n'), StandardOpenOption.APPEND);
  }
}
