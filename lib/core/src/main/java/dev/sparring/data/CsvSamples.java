package dev.sparring.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.sparring.file.Reason;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the file of a {@link Csv}. */
final class CsvSamples {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final Pattern NO_NUMBER_OF_OURS = Pattern.compile("(?i)[-+]?(nan|inf|infinity)");

  private final Csv settings;
  private final CsvColumns columns;
  private final Shape sampleShape;

  /** Reads the first line. */
  CsvSamples(Csv settings) {
    this.settings = settings;
    columns =
        reading(
            rows -> {
              var all = rows.iterator();
              if (!all.hasNext()) {
                throw new DataException(settings.file() + ": has no rows");
              }
              return CsvColumns.of(settings, all.next());
            });
    int values = columns.places.length;
    if (settings.shape().isEmpty()) {
      sampleShape = Shape.of(values);
    } else {
      sampleShape = new Shape(settings.shape());
      ValueReader.checkCount(settings.file(), 1, sampleShape);
      if (sampleShape.elements() != values) {
        throw new DataException(
            settings.file()
                + ":1: has "
                + values
                + " columns of values, expected "
                + sampleShape.elements()
                + " for images of "
                + sampleShape);
      }
    }
  }

  Shape sampleShape() {
    return sampleShape;
  }

  int classes() {
    CsvLabels labels = new CsvLabels(settings.file());
    rows(row -> label(row, labels));
    return 1 + Arrays.stream(labels.numbers()).max().orElseThrow();
  }

  DataSet read() {
    List<float[]> samples = new ArrayList<>();
    CsvLabels labels = new CsvLabels(settings.file());
    ValueReader reader = new ValueReader(settings.range(), sampleShape.rank() == 3);
    rows(
        row -> {
          float[] sample = new float[columns.places.length];
          for (int i = 0; i < sample.length; i++) {
            sample[i] = reader.read(value(row, columns.places[i], reader));
          }
          samples.add(sample);
          label(row, labels);
          ValueReader.checkCount(settings.file(), samples.size(), sampleShape);
          // Rows and, at the end, all of them in one array.
          Heap.require(
              settings.file(),
              "its first " + samples.size() + " rows",
              Heap.product(samples.size(), 2L * Float.BYTES * sample.length + Heap.ARRAY),
              "");
        });
    float[] values = FloatSet.joined(samples, columns.places.length);
    return new FloatSet(sampleShape, values, settings.label() == null ? null : labels.numbers());
  }

  private void label(CsvRecord row, CsvLabels labels) {
    if (settings.label() != null) {
      labels.add(row.getField(columns.label).strip(), place(row, columns.label));
    }
  }

  private double value(CsvRecord row, int column, ValueReader reader) {
    String cell = row.getField(column).strip();
    if (!NUMBER.matcher(cell).matches()) {
      String what =
          cell.isEmpty()
              ? "an empty cell, expected a number"
              : NO_NUMBER_OF_OURS.matcher(cell).matches()
                  ? cell + ", expected a finite number"
                  : "'" + cell + "', expected a number such as -0.5 or 2e-3";
      throw new DataException(place(row, column) + what);
    }
    double value = Double.parseDouble(cell);
    String problem = reader.problem(value);
    if (problem != null) {
      throw new DataException(place(row, column) + problem);
    }
    return value;
  }

  /** {@code points.csv:3:2: in column 'y': }. */
  private String place(CsvRecord row, int column) {
    return settings.file()
        + ":"
        + row.getStartingLineNumber()
        + ":"
        + (column + 1)
        + ": "
        + (columns.names == null ? "" : "in column '" + columns.names.get(column) + "': ");
  }

  private interface Row {
    void take(CsvRecord row);
  }

  private void rows(Row target) {
    int count =
        reading(
            rows -> {
              int taken = 0;
              boolean skip = columns.names != null;
              for (CsvRecord row : rows) {
                if (row.getFieldCount() != columns.count) {
                  throw new DataException(
                      settings.file()
                          + ":"
                          + row.getStartingLineNumber()
                          + ": has "
                          + row.getFieldCount()
                          + " cells, expected "
                          + columns.count
                          + " as the first line has");
                }
                if (!skip) {
                  target.take(row);
                  taken++;
                }
                skip = false;
              }
              return taken;
            });
    if (count == 0) {
      throw new DataException(settings.file() + ": has a header and no rows");
    }
  }

  private interface Reading<T> {
    T from(CsvReader<CsvRecord> rows);
  }

  private <T> T reading(Reading<T> reading) {
    InputFile path = InputFile.of(settings.file());
    try (Reader text = text(path);
        CsvReader<CsvRecord> rows =
            CsvReader.builder()
                .fieldSeparator(settings.delimiter().charAt(0))
                // Rows of another length are refused here, with the line.
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
      return reading.from(rows);
    } catch (CsvParseException e) {
      throw new DataException(path + ": is no CSV file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw unreadable(path, e);
    } catch (UncheckedIOException e) {
      throw unreadable(path, e.getCause());
    }
  }

  private static DataException unreadable(InputFile path, @Nullable IOException e) {
    return new DataException(
        path
            + (e instanceof MalformedInputException
                ? ": is not in UTF-8"
                : ": cannot be read: " + (e == null ? "" : Reason.of(e))),
        e == null ? new IOException() : e);
  }

  /** Text in UTF-8, without a byte order mark. */
  private static Reader text(InputFile path) throws IOException {
    PushbackInputStream in = new PushbackInputStream(path.open(), 3);
    byte[] mark = in.readNBytes(3);
    boolean isMark =
        mark.length == 3
            && mark[0] == (byte) 0xEF
            && mark[1] == (byte) 0xBB
            && mark[2] == (byte) 0xBF;
    if (!isMark) {
      in.unread(mark);
    }
    return new InputStreamReader(
        in, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
  }

  static boolean isNumber(String cell) {
    return NUMBER.matcher(cell.strip()).matches();
  }
}
