package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunSearchTest {
  @TempDir Path folder;

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
  }

  private List<String> found(Path... folders) {
    List<String> lines = new ArrayList<>();
    List<RunDirectory> runs = RunSearch.below(List.of(folders), lines::add);
    assertEquals(List.of(), lines);
    return runs.stream()
        .map(run -> folder.relativize(run.path()).toString().replace('\\', '/'))
        .toList();
  }

  @Test
  void runsAreFoundAtAnyDepthInNaturalOrder() throws IOException {
    files("a/seed-10/run.json", "a/seed-9/run.json", "sweep/norm=sn/seed-1/run.json");
    files("sweep/runs.csv", "sweep/.lock", "top/run.json", "top/again/run.json");
    assertEquals(
        List.of("a/seed-9", "a/seed-10", "sweep/norm=sn/seed-1", "top", "top/again"),
        found(folder));
  }

  @Test
  void whatIsNoRunIsSkippedAndADamagedRunIsFound() throws IOException {
    files("recipes/recipe.yaml", "tables/metrics.csv", "lock/.lock");
    files("lost/recipe.yaml", "lost/metrics.csv", "begun/recipe.yaml", "begun/.lock");
    files("whole/run.json", "whole/aside-1/run.json", "whole/samples/run.json");
    assertEquals(List.of("begun", "lost", "whole"), found(folder));
  }

  @Test
  void aFolderThatIsNamedTwiceCountsOnce() throws IOException {
    files("a/seed-1/run.json");
    assertEquals(List.of("a/seed-1"), found(folder.resolve("a"), folder));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreFollowedAndLoopsEnd() throws IOException {
    files("real/seed-1/run.json", "other/x");
    Files.createSymbolicLink(folder.resolve("real/loop"), folder);
    Files.createSymbolicLink(folder.resolve("other/seed-1"), folder.resolve("real/seed-1"));
    Files.createSymbolicLink(folder.resolve("other/broken"), folder.resolve("nowhere"));
    assertEquals(List.of("other/seed-1"), found(folder));
  }

  @Test
  void aMissingFolderIsRefused() throws IOException {
    files("x");
    Path missing = folder.resolve("none");
    assertEquals(
        missing + ": no such folder; expected a folder with runs",
        assertThrows(RunException.class, () -> found(missing)).getMessage());
    Path file = folder.resolve("x");
    assertEquals(
        file + ": is no folder; expected a folder with runs",
        assertThrows(RunException.class, () -> found(file)).getMessage());
  }

  @Test
  void numbersInNamesCountAsNumbers() {
    assertTrue(NaturalOrder.compare("seed-9", "seed-10") < 0);
    assertTrue(NaturalOrder.compare("a", "b1") < 0);
    assertTrue(NaturalOrder.compare("seed-01", "seed-1") != 0);
    assertEquals(0, NaturalOrder.compare("seed-1", "seed-1"));
  }
}
