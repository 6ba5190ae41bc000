package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.train.Step;
import java.io.IOException;
import java.nio.channels.FileChannel;
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
  static final String START = "step,seconds";

  private final Path file;
  private final List<String> columns;
  private final MetricsSum sum;
  private boolean begun;

  /** A file, with the rows that it has. */
  Metrics(Path file, List<String> columns, MetricsSum sum, boolean begun) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.sum = sum;
    this.begun = begun;
  }

  /**
   * Begins a file.
   *
   * @param columns the names of all figures that steps may have
   */
  static Metrics fresh(Path file, List<String> columns) {
    return new Metrics(file, columns, new MetricsSum(), false);
  }

  /** Continues a file: existing columns stay, new ones are added after them. */
  static Metrics resume(Path file, MetricsRows kept, List<String> columns) throws IOException {
    if (kept.header().isEmpty()) {
      Files.deleteIfExists(file); // without a whole line, or kept aside by now
      return fresh(file, columns);
    }
    List<String> all = new ArrayList<>(kept.figures());
    List<String> added = columns.stream().filter(c -> !all.contains(c)).toList();
    all.addAll(added);
    List<String> lines = new ArrayList<>(List.of(header(all)));
    MetricsSum sum = new MetricsSum();
    for (String line : kept.rows()) {
      lines.add(line + ",".repeat(added.size()));
      sum.add(kept.header(), Arrays.asList(line.split(",", -1)));
    }
    AtomicFile.writeText(file, String.join("\n", lines) + "\n");
    return new Metrics(file, all, sum, true);
  }

  private static String header(List<String> columns) {
    return START + "," + String.join(",", columns);
  }

  /** The rows so far. */
  CheckpointState.RowsSum sum() {
    return sum.soFar();
  }

  /** Makes the rows so far durable, so that a checkpoint is never ahead of them. */
  void sync() throws IOException {
    if (begun) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
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
      Files.writeString(file, header(columns) + "\n");
      begun = true;
    }
    List<String> cells = new ArrayList<>();
    cells.add(String.valueOf(step.number()));
    cells.add(String.format(Locale.ROOT, "%.3f", step.seconds()));
    for (String column : columns) {
      Double figure = step.figures().get(column);
      cells.add(figure == null ? "" : figure.toString());
    }
    appendWhole(String.join(",", cells) + "\n");
    sum.add(Arrays.asList(header(columns).split(",", -1)), cells);
  }

  /** Leaves no half row if the disk is full: a later row would be read as its rest. */
  private void appendWhole(String row) throws IOException {
    long before = Files.size(file);
    try {
      Files.writeString(file, row, StandardOpenOption.APPEND);
    } catch (IOException e) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(before);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }
}
