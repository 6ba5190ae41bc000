package dev.sparring.run;

import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.setting.Shown;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The contents of a run's {@code metrics.csv}.
 *
 * @param columns the figures' names, without {@code step} and {@code seconds}
 * @param rows the rows in the order of the file
 */
public record MetricsTable(List<String> columns, List<Row> rows) {
  /** Copies the lists. */
  public MetricsTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * The figures after one step.
   *
   * @param step its number, from 1
   * @param seconds wall clock since training began
   * @param figures by column; without those for which the file has an empty cell
   */
  public record Row(long step, double seconds, Map<String, Double> figures) {
    /** Copies the figures. */
    public Row {
      figures = Map.copyOf(figures);
    }
  }

  /**
   * Reads it.
   *
   * @throws RunException if it is missing or damaged
   */
  public static MetricsTable of(RunDirectory run) {
    List<Row> rows = new ArrayList<>();
    List<String> columns = read(run, rows::add);
    return new MetricsTable(columns, rows);
  }

  /**
   * The same, leaving out a torn last row.
   *
   * @param torn receives a line that says so
   */
  public static MetricsTable of(RunDirectory run, Consumer<? super String> torn) {
    List<Row> rows = new ArrayList<>();
    List<String> columns = read(run, rows::add, torn);
    return new MetricsTable(columns, rows);
  }

  /**
   * Reads it row by row: all rows of a long run would take gigabytes.
   *
   * @param rows receives each row, in the order of the file
   * @return the figures' names, as {@link #columns}
   * @throws RunException if it is missing or damaged; a torn last row is damage
   */
  public static List<String> read(RunDirectory run, Consumer<? super Row> rows) {
    return read(
        run,
        rows,
        torn -> {
          throw new RunException(torn);
        });
  }

  /**
   * The same, leaving out a last row without its end: of a run that was killed in the middle of it,
   * or is writing it just now.
   *
   * @param torn receives a line that says so, once at most
   */
  public static List<String> read(
      RunDirectory run, Consumer<? super Row> rows, Consumer<? super String> torn) {
    try (WholeLines lines = new WholeLines(RegularFile.reader(run.metrics()))) {
      Optional<String> first = lines.next();
      if (first.isEmpty() && Metrics.START.startsWith(shortened(lines.rest()))) {
        torn.accept(run.metrics() + ": has no rows yet");
        return List.of();
      }
      MetricsHeader known = MetricsHeader.of(run, first.orElse(""));
      List<String> header = known.columns();
      int number = 2;
      long before = 0;
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        Row row = row(run, number, line.get(), header);
        Optional<String> wrong = MetricsHeader.wrongStep((double) before, (double) row.step());
        if (wrong.isPresent()) {
          throw new RunException(
              run.metrics() + ":" + number + ": " + wrong.get() + ", got " + row.step());
        }
        rows.accept(row);
        before = row.step();
        number++;
      }
      if (!lines.rest().isEmpty()) {
        torn.accept(
            run.metrics()
                + ":"
                + number
                + ": the last row is torn and left out: "
                + Shown.quoted(lines.rest()));
      }
      return known.figures();
    } catch (IOException e) {
      throw new RunException(Reason.line(e, run.metrics(), "cannot be read"), e);
    }
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), Metrics.START.length()));
  }

  private static Row row(RunDirectory run, int number, String line, List<String> header) {
    List<String> cells = MetricsHeader.cells(line);
    try {
      if (cells.size() == header.size()) {
        Map<String, Double> figures = new HashMap<>();
        for (int i = MetricsHeader.BEFORE_FIGURES; i < cells.size(); i++) {
          if (!cells.get(i).isEmpty()) {
            figures.put(header.get(i), Double.valueOf(cells.get(i)));
          }
        }
        return new Row(Long.parseLong(cells.get(0)), Double.parseDouble(cells.get(1)), figures);
      }
    } catch (NumberFormatException e) {
      // Falls through to the same message.
    }
    throw new RunException(
        run.metrics()
            + ":"
            + number
            + ": expected "
            + header.size()
            + " numbers, got "
            + Shown.quoted(line));
  }

  /** Reads lines that have an end. */
  private static final class WholeLines implements AutoCloseable {
    /** A hundred thousand figures; without a limit a damaged file might be one line. */
    private static final int LONGEST = 1 << 22;

    private final BufferedReader reader;
    private final StringBuilder rest = new StringBuilder();

    WholeLines(BufferedReader reader) {
      this.reader = reader;
    }

    /** The next one; empty if no further one has an end. */
    Optional<String> next() throws IOException {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n') {
          int length = rest.length();
          boolean hasReturn = length > 0 && rest.charAt(length - 1) == '\r';
          String line = rest.substring(0, hasReturn ? length - 1 : length);
          rest.setLength(0);
          return Optional.of(line);
        }
        if (rest.length() >= LONGEST) {
          throw new IOException("it has a line of more than " + LONGEST + " characters");
        }
        rest.append((char) c);
      }
      return Optional.empty();
    }

    /** What comes after the last line end. */
    String rest() {
      return rest.toString();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /**
   * The means of figures over the rows after a step, read row by row.
   *
   * @return means by column, without columns that are missing or have no number after that step
   * @throws RunException if the file is missing or damaged
   */
  public static Map<String, Double> meansBehind(
      RunDirectory run, long step, Collection<String> columns) {
    Map<String, DoubleSummaryStatistics> numbers = new LinkedHashMap<>();
    columns.forEach(column -> numbers.put(column, new DoubleSummaryStatistics()));
    read(
        run,
        row -> {
          if (row.step() > step) {
            numbers.forEach(
                (column, all) ->
                    Optional.ofNullable(row.figures().get(column)).ifPresent(all::accept));
          }
        });
    numbers.values().removeIf(all -> all.getCount() == 0);
    Map<String, Double> means = new LinkedHashMap<>();
    numbers.forEach((column, all) -> means.put(column, all.getAverage()));
    return means;
  }
}
