package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics read row by row, for who does not want all of them in memory. */
class MetricsRowsTest {
  @TempDir Path dir;

  @Test
  void rowsAreHeardInTheOrderOfTheFile() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    Files.writeString(run.metrics(), "step,seconds,loss_d,score\n1,0.25,9.5,\n2,0.5,,4\n");
    List<MetricsTable.Row> rows = new ArrayList<>();
    assertEquals(List.of("loss_d", "score"), MetricsTable.read(run, rows::add));
    assertEquals(
        List.of(
            new MetricsTable.Row(1, 0.25, Map.of("loss_d", 9.5)),
            new MetricsTable.Row(2, 0.5, Map.of("score", 4.0))),
        rows);
  }

  @Test
  void damageIsNamedBehindTheRowsBeforeIt() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    Files.writeString(run.metrics(), "step,seconds,loss_d\n1,0.25,9.5\n2,soon,1\n");
    List<MetricsTable.Row> rows = new ArrayList<>();
    RunException damaged =
        assertThrows(RunException.class, () -> MetricsTable.read(run, rows::add));
    assertEquals(run.metrics() + ":3: expected 3 numbers, got '2,soon,1'", damaged.getMessage());
    assertEquals(1, rows.size());
  }
}
