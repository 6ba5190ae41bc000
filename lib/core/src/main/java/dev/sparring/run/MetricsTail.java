package dev.sparring.run;

import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.setting.Shown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a metrics file, read from there: a list of hundreds of long runs must not read all of
 * each.
 *
 * @param step of the last row, or 0 if there is none
 * @param figures the last number of each column, as far as the end of the file has one
 * @param torn a line about what comes after the last row, if anything does
 */
record MetricsTail(long step, Map<String, Double> figures, Optional<String> torn) {
  /** Holds a hundred rows of a usual run, so also figures that are not in each. */
  private static final int BLOCK = 1 << 16;

  private static final int LONGEST = 1 << 22;

  /**
   * Reads it; no file is no rows.
   *
   * @throws RunException if its first line or its last rows are damaged
   */
  static MetricsTail of(RunDirectory run) {
    if (!Files.exists(run.metrics())) {
      return new MetricsTail(0, Map.of(), Optional.empty());
    }
    try (FileChannel file = RegularFile.channel(run.metrics())) {
      return read(run, file);
    } catch (IOException e) {
      throw new RunException(Reason.line(e, run.metrics(), "cannot be read"), e);
    }
  }

  private static MetricsTail read(RunDirectory run, FileChannel file) throws IOException {
    String first = firstLine(file);
    if (first.isEmpty() && file.size() <= Metrics.START.length()) {
      return new MetricsTail(0, Map.of(), Optional.empty());
    }
    List<String> header = MetricsHeader.of(run, first).columns();
    // A character of the header is a byte, as far as places count: names are ASCII or longer.
    long rows = first.getBytes(StandardCharsets.UTF_8).length + 1L;
    for (long size = BLOCK; ; size *= 4) {
      long from = Math.max(rows, file.size() - size);
      String text = text(file, from, file.size());
      int begin = from == rows ? 0 : text.indexOf('\n') + 1;
      int end = text.lastIndexOf('\n') + 1;
      boolean isWhole = from == rows;
      if (begin < end || isWhole) {
        Optional<String> torn =
            end == text.length()
                ? Optional.empty()
                : Optional.of(run.metrics() + ": the last row is torn and left out");
        return of(run, header, text.substring(begin, Math.max(begin, end)).lines().toList(), torn);
      }
      if (size > LONGEST) {
        throw new RunException(run.metrics() + ": is damaged: it ends in a line without an end");
      }
    }
  }

  private static MetricsTail of(
      RunDirectory run, List<String> header, List<String> rows, Optional<String> torn) {
    Map<String, Double> figures = new HashMap<>();
    long step = 0;
    long after = MetricsHeader.LARGEST_STEP + 1;
    for (int i = rows.size() - 1;
        i >= 0 && figures.size() < header.size() - MetricsHeader.BEFORE_FIGURES;
        i--) {
      List<String> cells = MetricsHeader.cells(rows.get(i));
      try {
        if (cells.size() != header.size()) {
          throw new NumberFormatException();
        }
        long own = Long.parseLong(cells.get(0));
        if (own < 1 || own >= after) {
          throw new RunException(
              run.metrics() + ": expected steps from 1 that grow, got " + own + " before " + after);
        }
        after = own;
        step = Math.max(step, own);
        for (int k = MetricsHeader.BEFORE_FIGURES; k < cells.size(); k++) {
          if (!cells.get(k).isEmpty()) {
            figures.putIfAbsent(header.get(k), Double.valueOf(cells.get(k)));
          }
        }
      } catch (NumberFormatException e) {
        throw new RunException(
            run.metrics()
                + ": expected "
                + header.size()
                + " numbers in a row, got "
                + Shown.quoted(rows.get(i)),
            e);
      }
    }
    return new MetricsTail(step, figures, torn);
  }

  /** Without its end; empty if no line has one. */
  private static String firstLine(FileChannel file) throws IOException {
    for (long size = BLOCK; ; size *= 4) {
      String text = text(file, 0, Math.min(size, file.size()));
      int end = text.indexOf('\n');
      if (end >= 0) {
        return text.substring(0, end);
      }
      if (size >= file.size() || size > LONGEST) {
        return "";
      }
    }
  }

  private static String text(FileChannel file, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
    int n = 0;
    while (n >= 0 && bytes.hasRemaining()) {
      n = file.read(bytes, from + bytes.position());
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }
}
