package dev.sparring.data;

import static dev.sparring.data.Opened.open;
import static dev.sparring.data.Opened.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
  @TempDir Path folder;

  private static final String IRIS =
      "width,length,kind\n3.5,1.4,setosa\n 3.0 ,4.5,\"iris, versicolor\"\r\n-2e-1,.5,setosa\n";

  private Csv csv(String text) throws IOException {
    return Csv.csv(Files.writeString(Files.createTempFile(folder, "a", ".csv"), text).toString());
  }

  @Test
  void rowsArePointsAndNamesAreLabels() throws IOException {
    Csv iris = csv(IRIS).label("kind");
    DataSet data = open(iris);
    assertEquals(Shape.of(2), data.sampleShape());
    assertEquals(3, data.size());
    assertArrayEquals(new float[] {3, 4.5f}, sample(data, 1));
    assertArrayEquals(new float[] {-.2f, .5f}, sample(data, 2));
    assertEquals(OptionalInt.of(2), iris.classes());
    assertEquals(OptionalInt.of(1), data.label(0), "names are in alphabetical order");
    assertEquals(OptionalInt.of(0), data.label(1));
    assertTrue(open(iris.label(null).columns("width")).label(0).isEmpty());
  }

  @Test
  void columnsAreTakenInTheGivenOrder() throws IOException {
    Csv csv = csv("a;b;c\n1;2;3\n4;5;6\n").delimiter(";").columns("c", "a").label("b");
    assertArrayEquals(new float[] {6, 4}, sample(open(csv), 1));
    assertEquals(OptionalInt.of(5), open(csv).label(1));
    assertEquals(OptionalInt.of(6), csv.classes());
  }

  @Test
  void withoutAHeaderColumnsAreNumbers() throws IOException {
    Csv csv = csv("1,2,x\n4,5,y\n").columns("2", "1").label("3");
    assertArrayEquals(new float[] {2, 1}, sample(open(csv), 0));
    assertEquals(2, open(csv).size());
    assertArrayEquals(new float[] {4, 5}, sample(open(csv("1,2,x\n4,5,y\n").label("3")), 1));
    assertEquals(1, open(csv("1,2\n4,5\n").header(true)).size());
    assertEquals(2, open(csv("\uFEFF1,2\n4,5")).size());
  }

  @Test
  void rowsAreImagesOfAShape() throws IOException {
    Csv csv =
        csv("7,0,51,102,153,204,255\n").label("1").shape(1, 2, 3).range(ValueRange.range(0, 255));
    DataSet data = open(csv);
    assertEquals(Shape.of(1, 2, 3), data.sampleShape());
    assertArrayEquals(new float[] {-1, -.6f, -.2f, .2f, .6f, 1}, sample(data, 0), 1e-6f);
    assertEquals(OptionalInt.of(7), data.label(0));
    refused(
        ":1:3: 51.0, expected values of images in [-1, 1]; range: { from: ..., to: ... } with their"
            + " smallest and largest value would map them there",
        csv.range(null));
    refused(":1: has 6 columns of values, expected 4 for images of (1, 2, 2)", csv.shape(1, 2, 2));
    refused(
        ":1:7: 255.0, which is outside the range from 0.0 to 254.0",
        csv.range(ValueRange.range(0, 254)));
  }

  @Test
  void aChangedByteIsOtherData() throws IOException {
    String print = open(csv(IRIS).label("kind")).fingerprint();
    assertEquals(print, open(csv(IRIS.replace("3.5", "3.50")).label("kind")).fingerprint());
    assertNotEquals(print, open(csv(IRIS.replace("3.5", "3.6")).label("kind")).fingerprint());
    assertNotEquals(print, open(csv(IRIS).columns("width", "length")).fingerprint());
  }

  @Test
  void wrongCellsAreNamed() throws IOException {
    String number = "expected a number such as -0.5 or 2e-3";
    refused(":3:2: in column 'y': 'abc', " + number, csv("x,y\n1,2\n3,abc\n"));
    refused(":2:1: '1,5', " + number, csv("1;2\n1,5;2\n").delimiter(";"));
    refused(":2:2: '0x1p3', " + number, csv("1,2\n1,0x1p3\n"));
    refused(":2:2: an empty cell, expected a number", csv("1,2\n1,\n"));
    refused(":2:1: NaN, expected a finite number", csv("1,2\nNaN,2\n"));
    refused(":2:1: -inf, expected a finite number", csv("1,2\n-inf,2\n"));
    refused(":2:1: Infinity, expected a finite number", csv("1,2\n1e999,2\n"));
    refused(":2:1: 1.0E39, which is too large for single precision", csv("1,2\n1e39,2\n"));
    refused(":3: has 1 cells, expected 2 as the first line has", csv("1,2\n3,4\n5\n"));
    refused(":2: has 3 cells, expected 2 as the first line has", csv("1,2\n3,4,5\n"));
    // Lines are those of the file, not rows: a quoted cell has two.
    refused(":4:2: in column 'y': 'z', " + number, csv("\"a\nb\",y\n1,2\n1,z\n"));
  }

  @Test
  void wrongLabelsAreNamed() throws IOException {
    refused(
        ":2:1: the label 1.5, expected a whole number from 0, or a name",
        csv("0,2\n1.5,2\n").label("1"));
    refused(
        ":2:1: the label 'a' where the first one is '0', expected only whole numbers or only names",
        csv("0,2\na,2\n").label("1"));
    refused(":2:1: an empty cell, expected a label", csv("0,2\n,2\n").label("1"));
  }

  @Test
  void wrongHeadersAreNamed() throws IOException {
    refused(
        ":1: has both numbers and words, so that it may be a header or a row; header: true or"
            + " header: false would say which",
        csv("x,2020\n1,2\n"));
    assertEquals(1, open(csv("x,2020\n1,2\n").header(true)).size());
    refused(":1: there is no column 'z', there is x, y", csv("x,y\n1,2\n").columns("z"));
    refused(
        ": there is no column 'z'; it has no header, so that columns are numbers from 1 to 2",
        csv("1,2\n1,2\n").columns("z"));
    refused(
        ":1:3: there is another column 'x', expected different names",
        csv("x,y,x\n1,2,3\n").columns("x"));
    refused(":1:3: there is another column 'x', expected different names", csv("x,y,x\n1,2,3\n"));
    refused(
        ":1: has one column, 'x;y'; delimiter: \";\" would divide it, header: true or header: false"
            + " keeps it whole",
        csv("x;y\n1;2\n"));
    refused(
        ":1: has one column, '0.5,1'; delimiter: \",\" would divide it, header: true or header:"
            + " false keeps it whole",
        csv("0.5,1\n1,2\n").delimiter(";"));
    assertEquals(Shape.of(1), csv("x|y\n1\n").header(true).sampleShape());
    refused(
        ":1:1: the column has no name, as the row numbers that pandas writes; columns: would say"
            + " which ones make a sample",
        csv(",x\n0,2\n"));
    assertEquals(Shape.of(1), csv(",x\n0,2\n").columns("x").sampleShape());
    refused(":1: has no column but the label's", csv("1\n2\n").label("1"));
    refused(": has a header and no rows", csv("x,y\n"));
    refused(": has no rows", csv(""));
  }

  @Test
  void otherFilesAreNamed() throws IOException {
    Path none = folder.resolve("none");
    assertEquals(none + ": no such file", failure(Csv.csv(none.toString())));
    Path latin = folder.resolve("latin");
    Files.write(latin, "gr\u00fcn,b\n1,2\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(latin + ": is not in UTF-8", failure(Csv.csv(latin.toString())));
    Csv quotes = csv("x,y\n\"1\"2,3\n");
    assertTrue(failure(quotes).startsWith(quotes.file() + ": is no CSV file: "), failure(quotes));
  }

  private static void refused(String problem, Csv csv) {
    assertEquals(csv.file() + problem, failure(csv));
  }

  private static String failure(Data data) {
    return assertThrows(DataException.class, () -> data.open(new Seed(1), line -> {})).getMessage();
  }
}
