package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file. Each row is a point, or an image if {@code shape} is given.
 *
 * <p>The file is UTF-8; cells may be quoted. Numbers have a decimal point. Every row has as many
 * cells as the first; empty cells, and numbers that are not finite, are errors that name line and
 * column.
 *
 * <p>Labels are whole numbers from 0, or names, which are numbered in alphabetical order.
 *
 * @param file path of the file
 * @param columns the columns of a sample's values, in this order: names if there is a header,
 *     otherwise numbers from 1; empty for all columns but the label's
 * @param label the column of the label, by name or number like the others; null for no labels
 * @param header whether the first line names the columns; null to treat it as a header unless it
 *     contains a number
 * @param delimiter the character between cells
 * @param shape shape of an image, (channels, height, width), whose values are in this order in a
 *     row; empty for points
 * @param range the range of values that is mapped to [-1, 1], or null for values as they are;
 *     values of images must then be in [-1, 1]
 */
@Word("csv")
public record Csv(
    String file,
    List<String> columns,
    @Nullable String label,
    @Nullable Boolean header,
    String delimiter,
    List<Integer> shape,
    @Nullable ValueRange range)
    implements Data {
  /** Checks the settings. */
  public Csv {
    Require.notBlank("file", file);
    columns = List.copyOf(columns);
    shape = List.copyOf(shape);
    columns.forEach(column -> Require.notBlank("columns", column));
    if (columns.stream().distinct().count() < columns.size()) {
      throw new IllegalArgumentException("columns must be different, got " + columns);
    }
    if (label != null) {
      Require.notBlank("label", label);
      if (columns.contains(label)) {
        throw new IllegalArgumentException("columns must not have the label's, got " + columns);
      }
    }
    if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
      throw new IllegalArgumentException(
          "delimiter must be one character, no quote and no end of a line, got '"
              + delimiter
              + "'");
    }
    if (!shape.isEmpty() && shape.size() != 3) {
      throw new IllegalArgumentException("shape must be [channels, height, width], got " + shape);
    }
    shape.forEach(extent -> Require.atLeast("shape", extent, 1));
  }

  /** Points of all columns, separated by commas; no labels; a header if it looks like one. */
  @Defaults
  public static Csv csv(String file) {
    return new Csv(file, List.of(), null, null, ",", List.of(), null);
  }

  /** The same from another file. */
  public Csv file(String file) {
    return Settings.with(this, "file", file);
  }

  /** The same with these columns. */
  public Csv columns(String... columns) {
    return Settings.with(this, "columns", List.of(columns));
  }

  /** The same with labels from a column, or without for null. */
  public Csv label(@Nullable String label) {
    return Settings.with(this, "label", label);
  }

  /** The same with or without a header, or with one if it looks like one for null. */
  public Csv header(@Nullable Boolean header) {
    return Settings.with(this, "header", header);
  }

  /** The same with another character between cells. */
  public Csv delimiter(String delimiter) {
    return Settings.with(this, "delimiter", delimiter);
  }

  /** The same with rows that are images of this shape. */
  public Csv shape(int channels, int height, int width) {
    return Settings.with(this, "shape", List.of(channels, height, width));
  }

  /** The same with a range that is mapped to [-1, 1], or values as they are for null. */
  public Csv range(@Nullable ValueRange range) {
    return Settings.with(this, "range", range);
  }

  @Override
  public Shape sampleShape() {
    return new CsvSamples(this).sampleShape();
  }

  @Override
  public OptionalInt classes() {
    return label == null ? OptionalInt.empty() : OptionalInt.of(new CsvSamples(this).classes());
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    return new CsvSamples(this).read();
  }
}
