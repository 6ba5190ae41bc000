package dev.sparring.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** The labels of a {@link Csv}: whole numbers, or names in alphabetical order. */
final class CsvLabels {
  private final String file;
  private final List<String> cells = new ArrayList<>();

  CsvLabels(String file) {
    this.file = file;
  }

  /** Adds the label of one row. */
  void add(String cell, String place) {
    if (cell.isEmpty()) {
      throw new DataException(place + "an empty cell, expected a label");
    }
    boolean isClass = isClass(cell);
    if (!isClass && CsvSamples.isNumber(cell)) {
      throw new DataException(
          place + "the label " + cell + ", expected a whole number from 0, or a name");
    }
    if (!cells.isEmpty() && isClass != isClass(cells.get(0))) {
      throw new DataException(
          place
              + "the label '"
              + cell
              + "' where the first one is '"
              + cells.get(0)
              + "', expected only whole numbers or only names");
    }
    cells.add(cell);
  }

  private static boolean isClass(String cell) {
    return cell.matches("[0-9]{1,9}");
  }

  int[] numbers() {
    if (cells.isEmpty()) {
      throw new DataException(file + ": has no labels");
    }
    if (isClass(cells.get(0))) {
      return cells.stream().mapToInt(Integer::parseInt).toArray();
    }
    List<String> classes = List.copyOf(new TreeSet<>(cells));
    return cells.stream().mapToInt(cell -> Collections.binarySearch(classes, cell)).toArray();
  }
}
