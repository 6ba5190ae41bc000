package dev.sparring.run;

import dev.sparring.setting.Shown;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first line of a metrics file: {@code step,seconds} and a column for each figure, and what the
 * steps of its rows have to be. Each reader of such a file asks here, so that none believes what
 * another refuses.
 *
 * @param columns all of them, in the order of the file
 */
public record MetricsHeader(List<String> columns) {
  /** Curves keep steps as doubles, which tell whole numbers apart up to here. */
  public static final long LARGEST_STEP = 1L << 53;

  /** The columns of steps and seconds. */
  static final int BEFORE_FIGURES = 2;

  /** Copies the list. */
  public MetricsHeader {
    columns = List.copyOf(columns);
  }

  /**
   * Reads it.
   *
   * @param line without its end, or with CR
   * @throws RunException if it is none
   */
  public static MetricsHeader of(RunDirectory run, String line) {
    List<String> columns = cells(line);
    Optional<String> wrong = wrong(columns);
    if (wrong.isPresent()) {
      throw new RunException(run.metrics() + ": " + wrong.get());
    }
    return new MetricsHeader(columns);
  }

  /** Whether a line is one. */
  static boolean isOne(String line) {
    return wrong(cells(line)).isEmpty();
  }

  /** The cells of this line or of a row; empty ones at the end too. The line may end in CR. */
  static List<String> cells(String line) {
    String whole = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    return Arrays.asList(whole.split(",", -1));
  }

  private static Optional<String> wrong(List<String> columns) {
    List<String> start = columns.subList(0, Math.min(BEFORE_FIGURES, columns.size()));
    if (!String.join(",", start).equals(Metrics.START)) {
      return Optional.of("expected a first line 'step,seconds,...'");
    }
    Set<String> known = new HashSet<>();
    for (String column : columns) {
      if (column.isEmpty()) {
        return Optional.of("its first line has a column without a name");
      }
      if (!known.add(column)) {
        return Optional.of(
            "its first line has the column "
                + Shown.quoted(column)
                + " twice: which of them counts?");
      }
    }
    return Optional.empty();
  }

  /** The names of the figures. */
  public List<String> figures() {
    return columns.subList(BEFORE_FIGURES, columns.size());
  }

  /**
   * What is wrong with a row's step, if anything: steps are whole numbers from 1 that grow.
   *
   * @param before the step of the row before, or 0
   */
  public static Optional<String> wrongStep(double before, double step) {
    if (step > before && step <= LARGEST_STEP && step == Math.rint(step)) {
      return Optional.empty();
    }
    return Optional.of(
        step > before
            ? "expected a step from 1 to " + LARGEST_STEP
            : "expected a step after " + (long) before);
  }
}
