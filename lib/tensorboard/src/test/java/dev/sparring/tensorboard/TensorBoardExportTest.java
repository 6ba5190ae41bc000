package dev.sparring.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.image.Png;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

class TensorBoardExportTest {
  private static final double START = 1741064767.125;

  @TempDir Path folder;
  private RunDirectory run;

  @BeforeEach
  void aRun() throws IOException {
    run = new RunDirectory(folder.resolve("run"));
    Files.createDirectories(run.samples(0).getParent());
    Files.writeString(run.provenance(), "{\"start\": \"2025-03-04T05:06:07.125Z\"}");
    Files.writeString(
        run.metrics(),
        """
        step,seconds,loss_d,loss_g,sigma.discriminator.0.weight
        2,0.500,1.25,NaN,
        4,61.375,-Infinity,3.5,0.8125
        """);
    for (int step : new int[] {0, 3, 4}) {
      Png.write(picture(step), run.samples(step));
    }
  }

  private static BufferedImage picture(int step) {
    return new BufferedImage(20 + step, 10, BufferedImage.TYPE_INT_RGB);
  }

  @Test
  void rowsAndPicturesAreWhereTheyBelong() throws IOException {
    Path file = TensorBoardExport.write(run, folder.resolve("out"));
    assertEquals(List.of(file), Reading.files(folder.resolve("out")));
    assertTrue(file.getFileName().toString().startsWith("events.out.tfevents.1741064767."));
    List<Event> events = Reading.events(file);
    assertEquals(
        List.of(START, START, START + 0.5, START + 61.375, START, START + 0.5, START + 61.375),
        events.stream().map(Event::getWallTime).toList());
    assertEquals(List.of(0L, 0L, 2L, 4L, 0L, 3L, 4L), events.stream().map(Event::getStep).toList());
    assertEquals(
        List.of("loss/d 1.25", "loss/g NaN"),
        events.get(2).getSummary().getValueList().stream()
            .map(TensorBoardExportTest::text)
            .toList());
    assertEquals(
        List.of("loss/d -Infinity", "loss/g 3.5", "sigma/discriminator.0.weight 0.8125"),
        events.get(3).getSummary().getValueList().stream()
            .map(TensorBoardExportTest::text)
            .toList());
    Summary.Value last = events.get(6).getSummary().getValue(0);
    assertEquals("samples", last.getTag());
    assertEquals(24, last.getImage().getWidth());
    assertEquals(10, last.getImage().getHeight());
    assertArrayEquals(
        Files.readAllBytes(run.samples(4)), last.getImage().getEncodedImageString().toByteArray());
  }

  private static String text(Summary.Value value) {
    return value.getTag() + " " + value.getSimpleValue();
  }

  private void assertRefused(String message) throws IOException {
    RunException refused =
        assertThrows(RunException.class, () -> TensorBoardExport.write(run, run.tensorboard()));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void aFolderWithEventFilesIsNotMixedInto() throws IOException {
    Path file = TensorBoardExport.write(run, run.tensorboard());
    byte[] before = Files.readAllBytes(file);
    assertRefused(
        run.tensorboard() + ": has event files already; delete them, or name another folder");
    assertEquals(List.of(file), Reading.files(run.tensorboard()));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aDamagedPictureIsNamedAndLeavesNoFile() throws IOException {
    Files.writeString(run.samples(3), "no picture");
    assertRefused(run.samples(3) + ": cannot be read: it is no whole PNG file");
    assertEquals(List.of(), Reading.files(run.tensorboard()));
    byte[] png = Png.bytes(picture(3));
    Files.write(run.samples(3), Arrays.copyOf(png, 40));
    RunException torn =
        assertThrows(RunException.class, () -> TensorBoardExport.write(run, run.tensorboard()));
    assertTrue(torn.getMessage().startsWith(run.samples(3) + ": cannot be read: "));
  }

  @Test
  void aRunWithoutMetricsIsRefusedBeforeAnythingIsMade() throws IOException {
    Files.delete(run.metrics());
    RunException refused =
        assertThrows(RunException.class, () -> TensorBoardExport.write(run, run.tensorboard()));
    assertTrue(refused.getMessage().startsWith(run.metrics() + ": cannot be read"));
    assertFalse(Files.exists(run.tensorboard()));
    Files.delete(run.provenance());
    assertRefused(run.provenance() + ": no such file");
  }
}
