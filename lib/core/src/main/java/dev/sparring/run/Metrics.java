package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.train.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file of figures: {@code step,seconds,loss_d,loss_g} and a column for each further figure. Its
 * cells are empty in steps without that figure.
 */
final class Metrics {
  private static final String START = "step,seconds";

  private final Path file;
  private final List<String> columns;
  private boolean begun;

  private Metrics(Path file, List<String> columns, boolean begun) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.begun = begun;
  }

  /**
   * Begins a file.
   *
   * @param columns the names of all figures that steps may have
   */
  static Metrics fresh(Path file, List<String> columns) {
    return new Metrics(file, columns, false);
  }

  /**
   * Continues after a step. Rows of later steps, which a killed run may have left, and damaged rows
   * are removed. Existing columns stay; new ones are added after them.
   */
  static Metrics resume(Path file, long step, List<String> columns) throws IOException {
    if (!Files.exists(file)) {
      return fresh(file, columns);
    }
    String text = Files.readString(file);
    // A last line without a line end is incomplete.
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    if (lines.isEmpty() || !(lines.get(0) + ",").startsWith(START + ",")) {
      Files.delete(file);
      return fresh(file, columns);
    }
    String header = lines.get(0);
    List<String> all = new ArrayList<>(Arrays.asList(header.split(",", -1)));
    all.subList(0, START.split(",").length).clear();
    List<String> added = columns.stream().filter(c -> !all.contains(c)).toList();
    all.addAll(added);
    List<String> kept = new ArrayList<>(List.of(START + "," + String.join(",", all)));
    for (String line : lines.subList(1, lines.size())) {
      if (line.matches("\\d{1,18},.*")
          && commas(line) == commas(header)
          && isNumbers(line)
          && Long.parseLong(line.substring(0, line.indexOf(','))) <= step) {
        kept.add(line + ",".repeat(added.size()));
      }
    }
    AtomicFile.writeText(file, String.join("\n", kept) + "\n");
    return new Metrics(file, all, true);
  }

  private static boolean isNumbers(String line) {
    try {
      for (String cell : line.split(",", -1)) {
        if (!cell.isEmpty()) {
          Double.parseDouble(cell);
        }
      }
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static long commas(String line) {
    return line.chars().filter(c -> c == ',').count();
  }

  void append(Step step) throws IOException {
    Set<String> unknown = new TreeSet<>(step.figures().keySet());
    columns.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new RunException(
          file
              + ": has the columns "
              + columns
              + ", but step "
              + step.number()
              + " has "
              + unknown);
    }
    if (!begun) {
      Files.writeString(file, START + "," + String.join(",", columns) + "\n");
      begun = true;
    }
    StringBuilder row = new StringBuilder();
    row.append(step.number()).append(',');
    row.append(String.format(Locale.ROOT, "%.3f", step.seconds()));
    for (String column : columns) {
      Double figure = step.figures().get(column);
      row.append(',').append(figure == null ? "" : figure.toString());
    }
    Files.writeString(file, row.append('\n'), StandardOpenOption.APPEND);
  }
}
