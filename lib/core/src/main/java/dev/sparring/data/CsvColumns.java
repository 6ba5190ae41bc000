package dev.sparring.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sparring.setting.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The roles of the columns of a {@link Csv}. */
final class CsvColumns {
  /** The names of all columns, or null where there is no header. */
  final @Nullable List<String> names;

  /** The number of columns in the file. */
  final int count;

  /** The columns of a sample's values, from 0. */
  final int[] places;

  /** The column of the label, from 0; -1 for no label. */
  final int label;

  private final String file;

  private CsvColumns(Csv settings, CsvRecord first) {
    file = settings.file();
    count = first.getFieldCount();
    List<String> cells = first.getFields().stream().map(String::strip).toList();
    requireDivided(settings, cells);
    names = hasHeader(settings, cells) ? cells : null;
    label = settings.label() == null ? -1 : place(settings.label());
    places =
        settings.columns().isEmpty()
            ? IntStream.range(0, count).filter(i -> i != label).toArray()
            : settings.columns().stream().mapToInt(this::place).toArray();
    if (places.length == 0) {
      throw new DataException(file + ":1: has no column but the label's");
    }
    if (names != null && settings.columns().isEmpty()) {
      Set<String> known = new HashSet<>();
      for (int place : places) {
        if (names.get(place).isEmpty()) {
          throw new DataException(
              file
                  + ":1:"
                  + (place + 1)
                  + ": the column has no name, as the row numbers that pandas writes; columns:"
                  + " would say which ones make a sample");
        }
        if (!known.add(names.get(place))) {
          throw another(names, names.get(place));
        }
      }
    }
  }

  /** A line in one piece with another delimiter in it would be read as a header of one column. */
  private static void requireDivided(Csv settings, List<String> cells) {
    if (cells.size() > 1 || settings.header() != null) {
      return;
    }
    for (String other : List.of(",", ";", "\t", "|")) {
      if (cells.get(0).contains(other) && !other.equals(settings.delimiter())) {
        throw new DataException(
            settings.file()
                + ":1: has one column, "
                + Shown.quoted(cells.get(0))
                + "; delimiter: "
                + (other.equals("\t") ? "\"\\t\"" : "\"" + other + "\"")
                + " would divide it, header: true or header: false keeps it whole");
      }
    }
  }

  /** Reads them from the first line. */
  static CsvColumns of(Csv settings, CsvRecord first) {
    return new CsvColumns(settings, first);
  }

  /** A header contains no numbers; other lines contain only numbers, except for the label. */
  private static boolean hasHeader(Csv settings, List<String> cells) {
    if (settings.header() != null) {
      return settings.header();
    }
    List<String> chosen = new ArrayList<>(settings.columns());
    if (settings.label() != null) {
      chosen.add(settings.label());
    }
    boolean byNumber = !chosen.isEmpty() && chosen.stream().allMatch(c -> number(c) > 0);
    List<Boolean> numbers = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String place = String.valueOf(i + 1);
      boolean isLabel = place.equals(settings.label());
      boolean isChosen = settings.columns().isEmpty() || settings.columns().contains(place);
      if (!byNumber || (isChosen && !isLabel)) {
        numbers.add(CsvSamples.isNumber(cells.get(i)));
      }
    }
    if (numbers.contains(true) && numbers.contains(false)) {
      throw new DataException(
          settings.file()
              + ":1: has both numbers and words, so that it may be a header or a row; header: true"
              + " or header: false would say which");
    }
    return !numbers.contains(true);
  }

  private int place(String column) {
    if (names == null) {
      int number = number(column);
      if (number < 1 || number > count) {
        throw new DataException(
            file
                + ": there is no column '"
                + column
                + "'; it has no header, so that columns are numbers from 1 to "
                + count);
      }
      return number - 1;
    }
    int place = names.indexOf(column);
    if (place < 0) {
      throw new DataException(
          file + ":1: there is no column '" + column + "', there is " + shown(names));
    }
    if (names.lastIndexOf(column) > place) {
      throw another(names, column);
    }
    return place;
  }

  private DataException another(List<String> names, String column) {
    return new DataException(
        file
            + ":1:"
            + (names.lastIndexOf(column) + 1)
            + ": there is another column '"
            + column
            + "', expected different names");
  }

  private static String shown(List<String> names) {
    int shown = Math.min(names.size(), 10);
    return String.join(", ", names.subList(0, shown))
        + (names.size() > shown ? " and " + (names.size() - shown) + " more" : "");
  }

  private static int number(String column) {
    return column.matches("[0-9]{1,9}") ? Integer.parseInt(column) : -1;
  }
}
