package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingLinesTest {
  @TempDir Path folder;

  @Test
  void damagedBytesAreReplacedAndEmptyLinesLeftOut() throws IOException {
    RunDirectory run = new RunDirectory(folder);
    assertEquals(List.of(), FindingLines.of(run));
    Files.write(run.findings(), new byte[] {'s', (byte) 0xff, '\n', '\n', 't', '\r', '\n', 'u'});
    assertEquals(List.of("s\ufffd", "t", "u"), FindingLines.of(run));
  }

  @Test
  void aFolderInItsPlaceIsNamed() throws IOException {
    RunDirectory run = new RunDirectory(folder);
    Files.createDirectory(run.findings());
    assertEquals(
        run.findings() + ": cannot be read: it is a folder",
        assertThrows(RunException.class, () -> FindingLines.of(run)).getMessage());
  }
}
