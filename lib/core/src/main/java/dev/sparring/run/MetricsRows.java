package dev.sparring.run;

import dev.sparring.file.RegularFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a metrics file is good for going on after a step.
 *
 * @param header the names of all columns; empty if there is no file, or its first line is damaged
 * @param rows the lines up to the step
 * @param later how many good rows are of later steps
 * @param damage what was found besides, a reason each: rows that are left out, or that are gone
 */
record MetricsRows(List<String> header, List<String> rows, int later, List<String> damage) {
  private static final int SHOWN = 40;

  /**
   * Reads a file; nothing is changed.
   *
   * @param step rows of later steps are not kept: they are trained again
   * @param expected the rows that the checkpoint of the step counted
   */
  static MetricsRows read(Path file, long step, Optional<CheckpointState.RowsSum> expected)
      throws IOException {
    MetricsRows found = read(file, step);
    if (expected.isEmpty()) {
      boolean isEmpty = found.header.isEmpty() && found.damage.isEmpty() && Files.exists(file);
      return isEmpty && step > 0
          ? new MetricsRows(List.of(), List.of(), 0, List.of("it has no whole line"))
          : found;
    }
    MetricsSum sum = new MetricsSum();
    found.rows.forEach(row -> sum.add(found.header, MetricsHeader.cells(row)));
    if (sum.soFar().equals(expected.get())) {
      return found;
    }
    if (isRowOfTheEnd(found, step, expected.get())) {
      return found;
    }
    long gone = expected.get().rows() - found.rows.size();
    List<String> damage = new ArrayList<>(found.damage);
    damage.add(
        gone > 0
            ? gone + " of " + rows(expected.get().rows()) + " up to step " + step + " are gone"
            : "its rows up to step " + step + " are not those that were written");
    return new MetricsRows(found.header, found.rows, found.later, damage);
  }

  /** The row of a run's last step may come after the checkpoint of that step. */
  private static boolean isRowOfTheEnd(
      MetricsRows found, long step, CheckpointState.RowsSum expected) {
    int last = found.rows.size() - 1;
    if (last != expected.rows()
        || !MetricsHeader.cells(found.rows.get(last)).get(0).equals(step + "")) {
      return false;
    }
    MetricsSum sum = new MetricsSum();
    found.rows.subList(0, last).forEach(row -> sum.add(found.header, MetricsHeader.cells(row)));
    return sum.soFar().equals(expected);
  }

  private static String rows(long n) {
    return n == 1 ? "1 row" : n + " rows";
  }

  private static MetricsRows read(Path file, long step) throws IOException {
    if (!Files.exists(file)) {
      return new MetricsRows(List.of(), List.of(), 0, List.of());
    }
    String text = text(file);
    int end = text.lastIndexOf('\n') + 1;
    List<String> lines = text.substring(0, end).lines().toList();
    List<String> damage = new ArrayList<>();
    if (lines.isEmpty()) {
      // A kill in the middle of the first line; without a row, nothing is lost.
      return new MetricsRows(List.of(), List.of(), 0, List.of());
    }
    if (!MetricsHeader.isOne(lines.get(0))) {
      String first = lines.get(0);
      damage.add(
          "its first line is '"
              + shortened(first)
              + "', expected 'step,seconds,...'; "
              + rows(lines.size() - 1)
              + " cannot be read without it");
      return new MetricsRows(List.of(), List.of(), 0, damage);
    }
    List<String> header = MetricsHeader.cells(lines.get(0));
    List<String> kept = new ArrayList<>();
    List<Integer> bad = new ArrayList<>();
    int later = 0;
    long last = -1;
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      long number =
          isRow(line, header.size()) ? Long.parseLong(MetricsHeader.cells(line).get(0)) : -1;
      if (number > step) {
        later++;
      } else if (number <= last) {
        bad.add(i + 1);
      } else {
        kept.add(line);
        last = number;
      }
    }
    if (!bad.isEmpty()) {
      damage.add(
          (bad.size() == 1 ? "1 damaged row is" : bad.size() + " damaged rows are")
              + " left out, the first in line "
              + bad.get(0));
    }
    // A kill in the middle of a row leaves one without a line end. If its step is trained again,
    // nothing is lost.
    String torn = text.substring(end);
    if (!torn.isEmpty() && !isOfLater(torn, step)) {
      damage.add("its last row is torn and left out: '" + shortened(torn) + "'");
    }
    return new MetricsRows(header, kept, later, damage);
  }

  /** Damaged bytes are read as some character, so that the other rows can be kept. */
  private static String text(Path file) throws IOException {
    try {
      return RegularFile.text(file);
    } catch (CharacterCodingException e) {
      return RegularFile.text(file, StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean isOfLater(String torn, long step) {
    int comma = torn.indexOf(',');
    return comma > 0
        && torn.substring(0, comma).matches("\\d{1,18}")
        && Long.parseLong(torn.substring(0, comma)) > step;
  }

  private static boolean isRow(String line, int columns) {
    List<String> cells = MetricsHeader.cells(line);
    if (cells.size() != columns || !cells.get(0).matches("\\d{1,18}")) {
      return false;
    }
    try {
      for (String cell : cells) {
        if (!cell.isEmpty()) {
          Double.parseDouble(cell);
        }
      }
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String shortened(String line) {
    String plain = line.replaceAll("\\p{Cntrl}", "?");
    return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "..." : plain;
  }

  /** The names of the figures. */
  List<String> figures() {
    return header.subList(MetricsHeader.BEFORE_FIGURES, header.size());
  }
}
