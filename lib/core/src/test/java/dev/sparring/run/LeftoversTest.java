package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.file.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path dir;

  private Path file(String name) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, "half");
  }

  /** What others may be writing just now stays, unless it is an hour old. */
  @Test
  void partsOfATrainingAreDeleted() throws IOException {
    List<Path> parts =
        List.of(
            file("samples/.000040.png.7.part"),
            file("checkpoints/.000040.part/generator.safetensors"),
            file("checkpoints/.000030.old.part/generator.safetensors"),
            file(".run.json.7.part"),
            file(".metrics.csv.8.part"),
            file(".recipe.yaml.8.part"));
    Path page = file(".report.html.9.part");
    Path old = file("evaluations/.000040.json.9.part");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    List<Path> kept =
        List.of(
            file("samples/000040.png"),
            file("checkpoints/000040/generator.safetensors"),
            file(".notes"),
            page);
    Leftovers.delete(new RunDirectory(dir));
    parts.forEach(part -> assertFalse(Files.exists(part), part.toString()));
    assertFalse(Files.exists(old));
    kept.forEach(file -> assertTrue(Files.exists(file), file.toString()));
  }

  @Test
  void aRunWhoseProcessIsGoneWasKilled() throws IOException {
    RunDirectory run = new RunDirectory(dir);
    Files.writeString(
        run.provenance(), "{\"status\": \"running\", \"engine\": \"torch\", \"device\": \"cpu\"}");
    assertEquals("running", RunSummary.of(run).orElseThrow().status(), "of an earlier version");
    try (RunHold hold = RunHold.of(run, line -> {})) {
      assertEquals("running", RunSummary.of(hold.directory()).orElseThrow().status());
    }
    assertEquals("killed", RunSummary.of(run).orElseThrow().status());
    Files.delete(dir.resolve(FolderLock.FILE));
    assertEquals("running", RunSummary.of(run).orElseThrow().status());
  }
}
