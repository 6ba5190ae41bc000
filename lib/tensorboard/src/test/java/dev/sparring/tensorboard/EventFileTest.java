package dev.sparring.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.image.Png;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog.SessionStatus;

class EventFileTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 250_000_000);

  @TempDir Path folder;

  /** Bytes from an independent encoder (Python's struct, fields by hand). */
  @Test
  void recordsHaveTheirBytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EventFile file = new EventFile(Path.of("x"), bytes, TIME, 300);
    file.scalars(TIME, 300, Map.of("loss/d", -1.5));
    assertEquals(
        "1800000000000000a37f4b22090000104"
            + "0fc54d9411a0d627261696e2e4576656e743a32338d2fe9"
            + "100000000000000095fbfe18090000104"
            + "0fc54d94110ac023a0208016b3b88f1"
            + "1d00000000000000602fdf23090000104"
            + "0fc54d94110ac022a0f0a0d0a066c6f73732f64150000c0bf8063cde1",
        HexFormat.of().formatHex(bytes.toByteArray()));
  }

  @Test
  void tensorFlowReadsWhatWasWritten() throws IOException {
    BufferedImage picture = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(4, 1, 0x12C8F0);
    BufferedImage grey = new BufferedImage(2, 7, BufferedImage.TYPE_BYTE_GRAY);
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss/d", 0.1);
    values.put("zero", 0.0);
    values.put("überhaupt/日", -3.25e-7);
    Path path;
    try (EventFile file = EventFile.create(folder.resolve("deep/er"), 12)) {
      path = file.path();
      file.scalars(TIME, 5_000_000_000L, values);
      file.image(TIME, 7, "samples", picture);
      file.image(TIME, 8, "grey", grey);
    }
    List<Event> events = Reading.events(path);
    assertEquals(5, events.size());
    assertEquals("brain.Event:2", events.get(0).getFileVersion());
    assertEquals(SessionStatus.START, events.get(1).getSessionLog().getStatus());
    assertEquals(12, events.get(1).getStep());
    assertEquals(1_700_000_000.25, events.get(2).getWallTime());
    assertEquals(5_000_000_000L, events.get(2).getStep());
    List<Summary.Value> read = events.get(2).getSummary().getValueList();
    assertEquals(List.copyOf(values.keySet()), read.stream().map(Summary.Value::getTag).toList());
    assertEquals(
        List.of(0.1f, 0f, -3.25e-7f), read.stream().map(Summary.Value::getSimpleValue).toList());
    // A value of 0 is written too.
    read.forEach(v -> assertEquals(Summary.Value.ValueCase.SIMPLE_VALUE, v.getValueCase()));

    Summary.Image image = events.get(3).getSummary().getValue(0).getImage();
    assertEquals(
        List.of(5, 3, 3), List.of(image.getWidth(), image.getHeight(), image.getColorspace()));
    assertArrayEquals(Png.bytes(picture), image.getEncodedImageString().toByteArray());
    BufferedImage back =
        ImageIO.read(new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
    assertEquals(0xFF12C8F0, back.getRGB(4, 1));
    assertEquals(7, events.get(3).getStep());
    assertEquals("samples", events.get(3).getSummary().getValue(0).getTag());
    image = events.get(4).getSummary().getValue(0).getImage();
    assertEquals(
        List.of(2, 7, 1), List.of(image.getWidth(), image.getHeight(), image.getColorspace()));
  }

  @Property
  void numbersComeBackInSinglePrecision(
      @ForAll @Size(max = 5) Map<String, Double> values,
      @ForAll @LongRange(min = 0) long step,
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long millis)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EventFile file = new EventFile(Path.of("x"), bytes, TIME, 0);
    // Text that UTF-8 cannot represent is read back as a question mark.
    Map<String, Double> clean = new LinkedHashMap<>();
    values.forEach((k, v) -> clean.put(k.replaceAll("\\p{Cs}", ""), v));
    file.scalars(Instant.ofEpochMilli(millis), step, clean);
    Event event = Reading.events(bytes.toByteArray()).get(2);
    assertEquals(step, event.getStep());
    assertEquals((double) millis, event.getWallTime() * 1000, 1e-3);
    Map<String, Float> read = new LinkedHashMap<>();
    event.getSummary().getValueList().forEach(v -> read.put(v.getTag(), v.getSimpleValue()));
    Map<String, Float> expected = new LinkedHashMap<>();
    clean.forEach((k, v) -> expected.put(k, v.floatValue()));
    assertEquals(expected, read);
  }

  @Test
  void whatIsNotFiniteStaysSo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EventFile file = new EventFile(Path.of("x"), bytes, TIME, 0);
    List<Double> values = List.of(Double.NaN, Double.POSITIVE_INFINITY, -1e300);
    for (double v : values) {
      file.scalars(TIME, 1, Map.of("v", v));
    }
    List<Float> read =
        Reading.events(bytes.toByteArray()).stream()
            .skip(2)
            .map(e -> e.getSummary().getValue(0).getSimpleValue())
            .toList();
    assertEquals(List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY), read);
  }

  @Test
  void aFileThatIsCutCanBeReadUpToItsLastWholeRecord() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EventFile file = new EventFile(Path.of("x"), bytes, TIME, 0);
    file.scalars(TIME, 1, Map.of("v", 1.0));
    int whole = bytes.size();
    file.scalars(TIME, 2, Map.of("v", 2.0));
    for (int cut = whole; cut < bytes.size(); cut++) {
      assertEquals(3, Reading.events(Arrays.copyOf(bytes.toByteArray(), cut)).size());
    }
    assertEquals(4, Reading.events(bytes.toByteArray()).size());
  }

  /** Readers must not have to guess where the next record begins. */
  @Test
  void nothingIsAddedBehindARecordThatIsNotWhole() throws IOException {
    FullDisk disk = new FullDisk(130);
    EventFile file = new EventFile(Path.of("x"), disk, TIME, 0);
    file.scalars(TIME, 1, Map.of("v", 1.0));
    assertThrows(IOException.class, () -> file.scalars(TIME, 2, Map.of("v", 2.0)));
    disk.left = 1000;
    IOException refused =
        assertThrows(IOException.class, () -> file.scalars(TIME, 3, Map.of("v", 3.0)));
    assertEquals("an earlier record could not be written whole", refused.getMessage());
    assertEquals(130, disk.written.size());
    assertEquals(3, Reading.events(disk.written.toByteArray()).size());
  }

  @Test
  void recordsAreInTheFileAtOnce() throws IOException {
    try (EventFile file = EventFile.create(folder, 0)) {
      assertEquals(2, Reading.events(file.path()).size());
      file.scalars(TIME, 1, Map.of("v", 1.0));
      assertEquals(3, Reading.events(file.path()).size());
    }
  }

  @Test
  void aLaterFileComesBehindAnEarlierOne() throws IOException {
    assertFalse(EventFile.areIn(folder));
    assertFalse(EventFile.areIn(folder.resolve("nowhere")));
    try (EventFile first = EventFile.create(folder, 0);
        EventFile second = EventFile.create(folder, 0)) {
      assertEquals(List.of(first.path(), second.path()), Reading.files(folder));
    }
    assertTrue(EventFile.areIn(folder));
    // A clock that was set back, and a name by another program.
    Files.createFile(folder.resolve("events.out.tfevents.4000000000.there.17.0.v2"));
    String name = EventFile.nextName(folder, TIME);
    assertTrue(name.matches("events\\.out\\.tfevents\\.4000000001\\.[A-Za-z0-9-]+\\.\\d+"), name);
    Path other = Files.createDirectories(folder.resolve("other"));
    assertTrue(EventFile.nextName(other, TIME).startsWith("events.out.tfevents.1700000000."));
    assertTrue(EventFile.nextName(other, Instant.EPOCH).startsWith("events.out.tfevents.00000000"));
  }

  /** Accepts a limited number of bytes. */
  static final class FullDisk extends OutputStream {
    final ByteArrayOutputStream written = new ByteArrayOutputStream();
    int left;

    FullDisk(int left) {
      this.left = left;
    }

    @Override
    public void write(int b) throws IOException {
      if (left == 0) {
        throw new IOException("No space left on device");
      }
      left--;
      written.write(b);
    }
  }
}
