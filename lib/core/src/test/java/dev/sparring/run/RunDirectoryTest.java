package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir Path dir;

  @Test
  void namesItsFiles() {
    RunDirectory run = RunDirectory.standard(Path.of("runs"), "digits", 42);
    assertEquals(Path.of("runs", "digits", "seed-42"), run.path());
    assertEquals(run.path().resolve("samples/000500.png"), run.samples(500));
    assertEquals(run.path().resolve("evaluations/000500.json"), run.evaluation(500));
    assertEquals(
        run.path().resolve("evaluations/000500.net-1a2b3c4d.json"),
        run.evaluation(500, "net-1a2b3c4d"));
    assertEquals("1234567", run.checkpoint(1_234_567).path().getFileName().toString());
    assertEquals(run.path().resolve("tensorboard"), run.tensorboard());
    assertFalse(run.isUsed());
  }

  @Test
  void listsPicturesInOrder() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    assertEquals(List.of(), run.sampleSteps());
    Files.createDirectories(dir.resolve("samples"));
    for (String name : new String[] {"000500.png", "000000.png", "000500", ".000600.png.7.part"}) {
      Files.createFile(dir.resolve("samples").resolve(name));
    }
    assertEquals(List.of(0L, 500L), run.sampleSteps());
  }

  /** A checkpoint that a crash left incomplete is not counted, whatever its step. */
  @Test
  void listsWholeCheckpointsInOrder() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    assertEquals(List.of(), run.checkpointSteps());
    assertEquals(Optional.empty(), run.latest());
    for (String name : new String[] {"000500", "1000000", "000020", ".002000.part", "notes"}) {
      Files.createDirectories(dir.resolve("checkpoints").resolve(name));
    }
    assertEquals(List.of(20L, 500L, 1_000_000L), run.checkpointSteps());
    assertEquals(run.checkpoint(1_000_000), run.latest().orElseThrow());
    assertTrue(run.isUsed());
  }

  @Test
  void aRunInAFolderOfAnotherOneIsRefused() throws IOException {
    RunDirectory outer = new RunDirectory(dir.resolve("outer"));
    Files.createDirectories(outer.path());
    Files.writeString(outer.provenance(), "{}");
    RunDirectory inner = new RunDirectory(outer.path().resolve("checkpoints/000500/other"));
    String why =
        inner.path()
            + ": is in a folder of the run "
            + outer.path()
            + ", which deletes old files there; name a place outside of it";
    assertEquals(
        why, assertThrows(RunException.class, () -> RunHold.of(inner, l -> {})).getMessage());
    assertEquals(
        why, assertThrows(RunException.class, () -> RunHold.requireFree(inner)).getMessage());
    assertFalse(Files.exists(inner.path()));
    RunHold.requireFree(new RunDirectory(outer.path().resolve("variants/one")));
    RunHold.requireFree(new RunDirectory(dir.resolve("checkpoints/one")));
  }

  @Test
  void saysThatThereIsNoRun() {
    assertEquals(
        dir + ": no run with a checkpoint here; expected a run directory",
        assertThrows(RunException.class, () -> Runs.latest(new RunDirectory(dir))).getMessage());
  }
}
