package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.train.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir Path dir;

  private static Step step(long number, double d, double g) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss_d", d);
    figures.put("loss_g", g);
    return new Step(number, number / 4.0, figures);
  }

  private Path threeRows() throws IOException {
    Path file = dir.resolve("metrics.csv");
    Metrics metrics = Metrics.fresh(file);
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
    Metrics.resume(file, 2).append(step(3, 7, 8));
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
    Metrics.resume(file, 100);
    assertEquals(before, Files.readString(file));
  }

  /** A machine that lost power may leave half a row; the next one must not be glued to it. */
  @Test
  void resumeDropsATornRow() throws IOException {
    Path file = threeRows();
    String whole = Files.readString(file);
    for (String torn :
        new String[] {
          "4", "4,", "4,1.0", "4,1.000,0.5", "4,1.000,0.5,0.2", "4,1.000\n", "\0\0\n", "x,y,z,w\n"
        }) {
      Files.writeString(file, whole + torn);
      Metrics.resume(file, 100);
      assertEquals(whole, Files.readString(file), "behind " + torn);
    }
  }

  @Test
  void resumeWithoutAFileBegins() throws IOException {
    Path file = dir.resolve("metrics.csv");
    Metrics.resume(file, 5).append(step(6, 1, 2));
    assertEquals("step,seconds,loss_d,loss_g\n6,1.500,1.0,2.0\n", Files.readString(file));
    Files.writeString(file, "");
    Metrics.resume(file, 5).append(step(6, 1, 2));
    assertEquals("step,seconds,loss_d,loss_g\n6,1.500,1.0,2.0\n", Files.readString(file));
  }

  @Test
  void otherColumnsAreRefused() throws IOException {
    Path file = threeRows();
    Metrics metrics = Metrics.resume(file, 3);
    Step other = new Step(4, 1, Map.of("sigma", 1.0));
    assertEquals(
        file + ": has the columns step,seconds,loss_d,loss_g, but this run has step,seconds,sigma",
        assertThrows(RunException.class, () -> metrics.append(other)).getMessage());
  }
}
