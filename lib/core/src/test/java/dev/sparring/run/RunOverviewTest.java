package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.file.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOverviewTest {
  private static final String START = "2026-11-29T12:00:00Z";

  @TempDir Path folder;
  RunDirectory run;

  @BeforeEach
  void here() {
    run = new RunDirectory(folder.resolve("seed-7"));
  }

  private void write(String status, String more, String rows) throws IOException {
    Files.createDirectories(run.path());
    Files.writeString(
        run.provenance(),
        "{\"name\":\"ring\",\"status\":\""
            + status
            + "\",\"seed\":7,\"steps\":9,\"engine\":\"torch\",\"device\":\"cpu\",\"start\":\""
            + START
            + "\",\"data\":\"f00\",\"conditions\":[\"5 samples, seed 7\"]"
            + more
            + "}");
    Files.writeString(run.metrics(), "step,seconds,loss_d,modes_hit\n" + rows);
  }

  @Test
  void aCompletedRunSaysAll() throws IOException {
    write("completed", ",\"lastStep\":9", "8,0.1,1.5,3\n9,0.2,1.25,\n");
    Files.createDirectories(run.evaluations());
    Files.writeString(
        run.evaluation(9, "pixels"),
        "{\"step\":9,\"extractor\":\"pixels\",\"features\":\"pixels: all\",\"samples\":30,"
            + "\"metrics\":[{\"figures\":{\"precision\":0.5}}]}");
    assertEquals(
        new RunOverview(
            run,
            "ring",
            OptionalLong.of(7),
            RunState.COMPLETED,
            9,
            OptionalLong.of(9),
            java.util.Optional.of(Instant.parse(START)),
            "f00",
            List.of("5 samples, seed 7"),
            Map.of("loss_d", 1.25, "modes_hit", 3.0, "precision.pixels", 0.5),
            List.of()),
        RunOverview.of(run));
    assertEquals("30 samples, pixels: all", RecordedEvaluation.all(run).get(0).conditions());
  }

  @Test
  void theLockTellsRunningFromKilled() throws IOException {
    write("running", "", "4,0.1,1.5,\n5,0.2");
    assertEquals(RunState.UNKNOWN, RunOverview.of(run).state());
    FolderLock lock = FolderLock.take(run.path());
    assertEquals(RunState.RUNNING, RunOverview.of(run).state());
    lock.close();
    RunOverview killed = RunOverview.of(run);
    assertEquals(RunState.KILLED, killed.state());
    assertEquals(4, killed.step());
  }

  @Test
  void aTrainingThatHasWrittenNothingYetIsRunning() throws IOException {
    FolderLock lock = FolderLock.take(run.path());
    assertEquals(RunState.RUNNING, RunOverview.of(run).state());
    assertEquals("seed-7", RunOverview.of(run).name());
    lock.close();
  }

  private void damaged(String fact, String why) throws IOException {
    write("completed", "," + fact, "9,0.2,1,1\n");
    RunOverview found = RunOverview.of(run);
    assertEquals(List.of(run.provenance() + ": is damaged: " + why), found.damage());
    assertEquals(9, found.step());
    assertEquals("ring", found.name());
    String message = assertThrows(RunException.class, () -> RunSummary.of(run)).getMessage();
    assertEquals(run.provenance() + ": is damaged: " + why, message);
  }

  @Test
  void stepsOfARecipeAndItsSeedAreWhole() throws IOException {
    write("completed", ",\"lastStep\":9", "9,0.2,1,1\n");
    String text = Files.readString(run.provenance());
    Files.writeString(run.provenance(), text.replace("\"steps\":9", "\"steps\":-1"));
    assertEquals(
        List.of(run.provenance() + ": is damaged: steps is '-1', expected a whole number from 1"),
        RunOverview.of(run).damage());
    Files.writeString(run.provenance(), text.replace("\"seed\":7", "\"seed\":0.5"));
    assertEquals(
        List.of(run.provenance() + ": is damaged: seed is '0.5', expected a whole number"),
        RunOverview.of(run).damage());
  }

  @Test
  void damageIsSaidAndTheRestIsRead() throws IOException {
    write("completed", ",\"lastStep\":9", "9,0.2,1.25,\n");
    Files.writeString(run.provenance(), "{");
    RunOverview torn = RunOverview.of(run);
    assertEquals(RunState.DAMAGED, torn.state());
    assertEquals(1.25, torn.figures().get("loss_d"));
    assertEquals(9, torn.step());
    assertTrue(
        torn.damage().get(0).startsWith(run.provenance() + ": is damaged: "),
        () -> torn.damage().toString());

    Files.delete(run.provenance());
    assertEquals(
        List.of(run.provenance() + ": no such file, so nothing says what ran"),
        RunOverview.of(run).damage());

    write("completed", ",\"lastStep\":9", "9,0.2\n");
    RunOverview row = RunOverview.of(run);
    assertEquals(RunState.DAMAGED, row.state());
    assertEquals(OptionalLong.of(7), row.seed());
    assertEquals(
        List.of(run.metrics() + ": expected 4 numbers in a row, got '9,0.2'"), row.damage());

    write("finished", ",\"lastStep\":9", "9,0.2,1,1\n");
    assertEquals(
        List.of(run.provenance() + ": is damaged: its status is 'finished'"),
        RunOverview.of(run).damage());

    damaged("\"lastStep\":-1", "lastStep is '-1', expected a whole number from 0");
    damaged("\"lastStep\":1e30", "lastStep is '1.0E30', expected a whole number from 0");
    damaged("\"lastStep\":40.7", "lastStep is '40.7', expected a whole number from 0");
    damaged("\"lastStep\":\"9\"", "lastStep is '9', expected a whole number from 0");

    write("completed", ",\"lastStep\":9", "");
    Files.delete(run.metrics());
    assertEquals(
        List.of(run.metrics() + ": no such file, though 9 steps are done"),
        RunOverview.of(run).damage());

    write("completed", ",\"lastStep\":9", "9,0.2,1,1\n");
    Files.createDirectories(run.evaluations());
    Files.writeString(run.evaluation(9), "{}");
    assertEquals(
        List.of(run.evaluation(9) + ": is damaged: it has no step or no list of metrics"),
        RunOverview.of(run).damage());
  }
}
