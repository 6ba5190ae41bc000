package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.train.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final List<String> LOSSES = List.of("loss_d", "loss_g");

  @TempDir Path dir;

  private static Step step(long number, double d, double g) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss_d", d);
    figures.put("loss_g", g);
    return new Step(number, number / 4.0, figures);
  }

  private static Metrics resume(Path file, long step, List<String> columns) throws IOException {
    return Metrics.resume(file, MetricsRows.read(file, step, Optional.empty()), columns);
  }

  private Path threeRows() throws IOException {
    Path file = dir.resolve("metrics.csv");
    Metrics metrics = Metrics.fresh(file, LOSSES);
    metrics.append(step(1, 1.5, -0.25));
    metrics.append(step(2, 0.1, 1e-7));
    metrics.append(step(3, Double.NaN, 2));
    return file;
  }

  @Test
  void aRowIsAStep() throws IOException {
    assertEquals(
        """
        step,seconds,loss_d,loss_g
        1,0.250,1.5,-0.25
        2,0.500,0.1,1.0E-7
        3,0.750,NaN,2.0
        """,
        Files.readString(threeRows()));
  }

  @Test
  void resumeDropsWhatCameLater() throws IOException {
    Path file = threeRows();
    resume(file, 2, LOSSES).append(step(3, 7, 8));
    assertEquals(
        """
        step,seconds,loss_d,loss_g
        1,0.250,1.5,-0.25
        2,0.500,0.1,1.0E-7
        3,0.750,7.0,8.0
        """,
        Files.readString(file));
  }

  @Test
  void resumeBehindTheLastRowKeepsAll() throws IOException {
    Path file = threeRows();
    String before = Files.readString(file);
    resume(file, 100, LOSSES);
    assertEquals(before, Files.readString(file));
  }

  /** A power failure may leave half a row; the next row must not be appended to it. */
  @Test
  void resumeDropsATornRow() throws IOException {
    Path file = threeRows();
    String whole = Files.readString(file);
    for (String torn :
        new String[] {
          "4",
          "4,",
          "4,1.0",
          "4,1.000,0.5",
          "4,1.000,0.5,0.2",
          "4,1.000\n",
          "\0\0\n",
          "x,y,z,w\n",
          "4,1.000,0.5,\0\0\n",
          "4,1.000,0.5,0.2.3\n"
        }) {
      Files.writeString(file, whole + torn);
      resume(file, 100, LOSSES);
      assertEquals(whole, Files.readString(file), "after " + torn);
    }
  }

  @Test
  void resumeWithoutAFileBegins() throws IOException {
    Path file = dir.resolve("metrics.csv");
    resume(file, 5, LOSSES).append(step(6, 1, 2));
    assertEquals("step,seconds,loss_d,loss_g\n6,1.500,1.0,2.0\n", Files.readString(file));
    Files.writeString(file, "");
    Metrics begun = resume(file, 5, LOSSES);
    begun.append(step(6, 1, 2));
    assertEquals("step,seconds,loss_d,loss_g\n6,1.500,1.0,2.0\n", Files.readString(file));
  }

  /** A figure that a step does not have leaves its cell empty. */
  @Test
  void rareFiguresLeaveCellsEmpty() throws IOException {
    Path file = dir.resolve("metrics.csv");
    Metrics metrics = Metrics.fresh(file, List.of("loss_d", "sigma", "loss_g", "d_real"));
    metrics.append(step(1, 1.5, -0.25));
    metrics.append(new Step(2, 1, Map.of("d_real", 4.5, "loss_d", 3.0)));
    assertEquals(
        """
        step,seconds,loss_d,sigma,loss_g,d_real
        1,0.250,1.5,,-0.25,
        2,1.000,3.0,,,4.5
        """,
        Files.readString(file));
  }

  /** A resumed run may measure more or less than before; all rows stay valid. */
  @Test
  void resumeAddsColumnsAndKeepsOldOnes() throws IOException {
    Path file = threeRows();
    Metrics metrics = resume(file, 2, List.of("loss_g", "sigma", "slope"));
    metrics.append(new Step(3, 1, Map.of("loss_g", 2.0, "slope", 0.5)));
    resume(file, 3, LOSSES).append(step(4, 7, 8));
    assertEquals(
        """
        step,seconds,loss_d,loss_g,sigma,slope
        1,0.250,1.5,-0.25,,
        2,0.500,0.1,1.0E-7,,
        3,1.000,,2.0,,0.5
        4,1.000,7.0,8.0,,
        """,
        Files.readString(file));
  }

  @Test
  void figuresWithoutAColumnAreRefused() throws IOException {
    Path file = threeRows();
    Metrics metrics = resume(file, 3, LOSSES);
    Step other = new Step(4, 1, Map.of("sigma", 1.0));
    assertEquals(
        file + ": has the columns [loss_d, loss_g], but step 4 has [sigma]",
        assertThrows(RunException.class, () -> metrics.append(other)).getMessage());
  }
}
