package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sparring.train.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
  @TempDir Path dir;

  @Test
  void aLineIsAFinding() throws IOException {
    Path file = dir.resolve("findings.txt");
    Findings findings = Findings.fresh(file);
    assertFalse(Files.exists(file));
    findings.append(new Finding(600, "D has won"));
    findings.append(new Finding(800, "losses stand still"));
    assertEquals("step 600: D has won\nstep 800: losses stand still\n", Files.readString(file));
  }

  @Test
  void resumeDropsWhatCameLaterOrIsTorn() throws IOException {
    Path file = dir.resolve("findings.txt");
    Files.writeString(file, "step 600: a\nstep 800: b\nstep 700: c\nst");
    Findings.resume(file, Findings.read(file, 700)).append(new Finding(750, "d"));
    assertEquals("step 600: a\nstep 700: c\nstep 750: d\n", Files.readString(file));
    Findings.fresh(file);
    assertFalse(Files.exists(file));
    Findings.resume(file, Findings.read(file, 7));
    assertFalse(Files.exists(file));
  }
}
