package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTableTest {
  @TempDir Path dir;

  private MetricsTable table(String text) throws IOException {
    RunDirectory run = new RunDirectory(dir);
    Files.writeString(run.metrics(), text);
    return MetricsTable.of(run);
  }

  @Test
  void columnsAndRowsAreRead() throws IOException {
    MetricsTable table =
        table("step,seconds,loss_d,score\n1,0.1,9.0,\n2,0.2,1.0,4\n3,0.3,2.5,\n4,0.4,-1.0E-1,7\n");
    assertEquals(List.of("loss_d", "score"), table.columns());
    assertEquals(
        new MetricsTable.Row(2, 0.2, Map.of("loss_d", 1.0, "score", 4.0)), table.rows().get(1));
  }

  @Test
  void meansAreOfTheRowsBehindAStep() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    Files.writeString(
        run.metrics(),
        "step,seconds,loss_d,score\n1,0.1,9.0,\n2,0.2,1.0,4\n3,0.3,2.5,\n4,0.4,-1.0,7\n");
    assertEquals(
        Map.of("loss_d", 0.75, "score", 7.0),
        MetricsTable.meansBehind(run, 2, List.of("score", "loss_d", "loss_x")));
    assertEquals(Map.of("score", 5.5), MetricsTable.meansBehind(run, 0, List.of("score")));
    assertEquals(Map.of(), MetricsTable.meansBehind(run, 4, List.of("loss_d")));
  }

  @Test
  void rowsCanBeReadOneByOne() throws IOException {
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

  /** NaN must not be read as an empty cell. */
  @Test
  void notANumberStaysInTheMean() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    Files.writeString(run.metrics(), "step,seconds,loss_d\n1,0.1,NaN\n2,0.2,1.0\n");
    assertEquals(Map.of("loss_d", Double.NaN), MetricsTable.meansBehind(run, 0, List.of("loss_d")));
  }

  @Test
  void damageIsNamedWithItsLine() {
    RunException torn =
        assertThrows(RunException.class, () -> table("step,seconds,loss_d\n1,0.1,2.0\n2,0.2\n"));
    assertEquals(
        dir.resolve("metrics.csv") + ":3: expected 3 numbers, got '2,0.2'", torn.getMessage());
    assertThrows(RunException.class, () -> table("step,seconds,loss_d\n1,0.1,many\n"));
    assertThrows(RunException.class, () -> table("something else\n"));
    assertThrows(
        RunException.class, () -> MetricsTable.of(new RunDirectory(dir.resolve("nowhere"))));
  }

  /** Damage of any length is one short line, without control characters. */
  @Test
  void stepsGrowAndColumnsHaveOneNameEach() {
    assertEquals(
        dir.resolve("metrics.csv") + ":3: expected a step after 7, got 7",
        assertThrows(RunException.class, () -> table("step,seconds,a\n7,0.1,2\n7,0.2,3\n"))
            .getMessage());
    assertEquals(
        dir.resolve("metrics.csv") + ":2: expected a step after 0, got -3",
        assertThrows(RunException.class, () -> table("step,seconds,a\n-3,0.1,2\n")).getMessage());
    assertEquals(
        dir.resolve("metrics.csv")
            + ":2: expected a step from 1 to 9007199254740992, got 9223372036854775807",
        assertThrows(RunException.class, () -> table("step,seconds,a\n9223372036854775807,0.1,2\n"))
            .getMessage());
    assertEquals(
        dir.resolve("metrics.csv")
            + ": its first line has the column 'loss_d' twice: which of them counts?",
        assertThrows(RunException.class, () -> table("step,seconds,loss_d,loss_d\n1,0.1,2,3\n"))
            .getMessage());
    assertEquals(
        dir.resolve("metrics.csv") + ": its first line has a column without a name",
        assertThrows(RunException.class, () -> table("step,seconds,,a\n1,0.1,2,3\n")).getMessage());
  }

  @Test
  void longLinesAreShortenedOrRefused() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    Files.writeString(
        run.metrics(), "step,seconds,loss_d\n1,0.1,\u001b[2J" + "x".repeat(100_000) + "\n");
    String row = assertThrows(RunException.class, () -> MetricsTable.of(run)).getMessage();
    assertTrue(row.startsWith(run.metrics() + ":2: expected 3 numbers, got '1,0.1,\\u001b[2Jx"));
    assertTrue(row.length() < 1_000, row);
    String tail = assertThrows(RunException.class, () -> MetricsTail.of(run)).getMessage();
    assertTrue(tail.length() < 1_000, tail);
    Files.write(run.metrics(), new byte[10_000_000]);
    assertEquals(
        run.metrics() + ": cannot be read: it has a line of more than 4194304 characters",
        assertThrows(RunException.class, () -> MetricsTable.of(run)).getMessage());
    assertEquals(
        run.metrics() + ": expected a first line 'step,seconds,...'",
        assertThrows(RunException.class, () -> MetricsTail.of(run)).getMessage());
  }

  /** A kill leaves one, and a run that goes on is writing one. */
  @Test
  void aTornLastRowIsLeftOutAndSaid() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    for (String torn : List.of("2", "2,0.2", "2,0.2,1.", "2,0.2,1.5", "\0\0")) {
      Files.writeString(run.metrics(), "step,seconds,loss_d\n1,0.1,2.0\n" + torn);
      List<String> said = new ArrayList<>();
      assertEquals(1, MetricsTable.of(run, said::add).rows().size());
      String line =
          run.metrics()
              + ":3: the last row is torn and left out: '"
              + torn.replace("\0", "\\u0000")
              + "'";
      assertEquals(List.of(line), said);
      assertEquals(line, assertThrows(RunException.class, () -> MetricsTable.of(run)).getMessage());
    }
    Files.writeString(run.metrics(), "step,sec");
    List<String> said = new ArrayList<>();
    assertEquals(List.of(), MetricsTable.of(run, said::add).columns());
    assertEquals(List.of(run.metrics() + ": has no rows yet"), said);
  }

  @Test
  void aSummarySaysWhereARunStands() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    assertTrue(RunSummary.of(run).isEmpty());
    String json =
        "{\"status\": \"%s\", \"engine\": \"torch\", \"device\": \"cpu\", \"lastStep\": 7}";
    Files.writeString(run.provenance(), json.formatted("diverged"));
    RunSummary summary = RunSummary.of(run).orElseThrow();
    assertEquals(new RunSummary("diverged", 7, "torch", "cpu", false, 0), summary);
    assertTrue(summary.isFinal());
    Files.writeString(run.provenance(), json.formatted("stopped"));
    assertTrue(!RunSummary.of(run).orElseThrow().isFinal());
    Files.writeString(run.provenance(), "{\"engine\": \"torch\"}");
    RunException damaged = assertThrows(RunException.class, () -> RunSummary.of(run));
    assertEquals(run.provenance() + ": is damaged: it has no status", damaged.getMessage());
  }

  @Test
  void aRunSaysWhenItWasBegun() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    RunException missing = assertThrows(RunException.class, () -> RunSummary.start(run));
    assertEquals(run.provenance() + ": no such file", missing.getMessage());
    Files.writeString(run.provenance(), "{\"start\": \"2025-03-04T05:06:07.125Z\"}");
    assertEquals(Instant.ofEpochMilli(1741064767125L), RunSummary.start(run));
    for (String damage : List.of("{}", "{\"start\": \"yesterday\"}", "{\"start\": \"2025")) {
      Files.writeString(run.provenance(), damage);
      RunException damaged = assertThrows(RunException.class, () -> RunSummary.start(run));
      assertTrue(damaged.getMessage().startsWith(run.provenance() + ": is damaged: "));
      assertEquals(1, damaged.getMessage().lines().count());
    }
  }
}
