package dev.sparring.run;

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

  /** Goes on behind a step; rows of later steps, which a killed run may have left, go. */
  static Metrics resume(Path file, long step) throws IOException {
    if (!Files.exists(file)) {
      return fresh(file);
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty()) {
      return fresh(file);
    }
    List<String> kept = new ArrayList<>(lines.subList(0, 1));
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.indexOf(',');
      if (comma > 0 && Long.parseLong(line.substring(0, comma)) <= step) {
        kept.add(line);
      }
    }
    Files.write(file, kept);
    return new Metrics(file, kept.get(0));
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
