package dev.sparring.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.train.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsRowsTest {
  private static final List<String> LOSSES = List.of("loss_d", "loss_g");

  @TempDir Path dir;

  private Path file() {
    return dir.resolve("metrics.csv");
  }

  /** A file of some rows, and what a checkpoint after them counts. */
  private CheckpointState.RowsSum rows(int n) throws IOException {
    Metrics metrics = Metrics.fresh(file(), LOSSES);
    for (int i = 1; i <= n; i++) {
      metrics.append(new Step(i, i / 4.0, Map.of("loss_d", 1.0 / i, "loss_g", 2.0 * i)));
    }
    return metrics.sum();
  }

  private List<String> damage(long step, CheckpointState.RowsSum sum) throws IOException {
    return MetricsRows.read(file(), step, Optional.of(sum)).damage();
  }

  @Test
  void aWholeFileHasNoDamage() throws IOException {
    CheckpointState.RowsSum sum = rows(4);
    assertEquals(List.of(), damage(4, sum));
    Files.writeString(file(), Files.readString(file()) + "5,1.250,1.0,2.0\n6,1.5,1.");
    MetricsRows found = MetricsRows.read(file(), 4, Optional.of(sum));
    assertEquals(List.of(), found.damage());
    assertEquals(1, found.later());
    assertEquals(4, found.rows().size());
  }

  @Test
  void everyFlippedBitOfARowIsNoticed() throws IOException {
    CheckpointState.RowsSum sum = rows(3);
    byte[] whole = Files.readAllBytes(file());
    for (int i = 8 * "step,".length(); i < 8 * whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      Files.write(file(), flipped);
      // A line end that becomes a carriage return is one as well.
      boolean isNoticed = !damage(3, sum).isEmpty();
      assertEquals(true, isNoticed || sameRows(whole, flipped), "bit " + i);
    }
  }

  private static boolean sameRows(byte[] a, byte[] b) {
    return new String(a, java.nio.charset.StandardCharsets.ISO_8859_1)
        .lines()
        .toList()
        .equals(new String(b, java.nio.charset.StandardCharsets.ISO_8859_1).lines().toList());
  }

  @Test
  void lostRowsAreCounted() throws IOException {
    CheckpointState.RowsSum sum = rows(4);
    String whole = Files.readString(file());
    Files.writeString(file(), whole.substring(0, whole.indexOf("3,0.750")));
    assertEquals(List.of("2 of 4 rows up to step 4 are gone"), damage(4, sum));
    Files.writeString(file(), whole.substring(0, whole.length() - 3));
    assertEquals(
        List.of(
            "its last row is torn and left out: '4,1.000,0.25,8'",
            "1 of 4 rows up to step 4 are gone"),
        damage(4, sum));
    Files.writeString(file(), whole.replace("2,0.500", "2;0.500"));
    assertEquals(
        List.of(
            "1 damaged row is left out, the first in line 3", "1 of 4 rows up to step 4 are gone"),
        damage(4, sum));
    Files.writeString(file(), whole.replace("step,seconds", "stop,seconds"));
    assertEquals(
        List.of(
            "its first line is 'stop,seconds,loss_d,loss_g', expected 'step,seconds,...'; "
                + "4 rows cannot be read without it",
            "4 of 4 rows up to step 4 are gone"),
        damage(4, sum));
    Files.delete(file());
    assertEquals(List.of("4 of 4 rows up to step 4 are gone"), damage(4, sum));
    Files.writeString(file(), whole + whole.substring(whole.indexOf('\n') + 1));
    assertEquals(List.of("4 damaged rows are left out, the first in line 6"), damage(4, sum));
  }

  @Test
  void anotherNameOfAColumnIsNoticed() throws IOException {
    CheckpointState.RowsSum sum = rows(2);
    Files.writeString(file(), Files.readString(file()).replace("loss_d", "loss_e"));
    assertEquals(List.of("its rows up to step 2 are not those that were written"), damage(2, sum));
  }

  /** A resumed run may measure more; checkpoints from before it stay good. */
  @Test
  void addedColumnsChangeNothing() throws IOException {
    CheckpointState.RowsSum sum = rows(2);
    MetricsRows before = MetricsRows.read(file(), 2, Optional.of(sum));
    Metrics more = Metrics.resume(file(), before, List.of("loss_d", "loss_g", "sigma"));
    assertEquals(sum, more.sum());
    assertEquals(List.of(), damage(2, sum));
    more.append(new Step(3, 1, Map.of("sigma", 2.0)));
    assertEquals(List.of(), damage(3, more.sum()));
    assertEquals(List.of(), damage(2, sum));
  }

  /** Without sums, as runs of earlier versions, only what is not well-formed is found. */
  @Test
  void olderRunsAreLookedAtToo() throws IOException {
    Files.writeString(file(), "");
    assertEquals(
        List.of("it has no whole line"), MetricsRows.read(file(), 7, Optional.empty()).damage());
    assertEquals(List.of(), MetricsRows.read(file(), 0, Optional.empty()).damage());
    Files.delete(file());
    assertEquals(List.of(), MetricsRows.read(file(), 7, Optional.empty()).damage());
  }
}
