package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of which not all images are in memory. */
class StreamedFolderTest {
  private static final int COUNT = 40;

  @TempDir Path folder;

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void save() throws IOException {
    TestImages.save(folder, COUNT);
  }

  private ImageFolder settings() {
    return ImageFolder.imageFolder(folder.toString(), 8).onBroken(BrokenImages.SKIP);
  }

  /** All in memory. */
  private DataSet whole(ImageFolder settings) {
    return FolderReader.read(settings, TestImages.memory(1 << 30), PackFolder.NONE, line -> {});
  }

  /** Some images in memory; the others are decoded when they are due. */
  private DataSet streamed(ImageFolder settings, int kept) {
    long each = settings.sampleShape().elements() + (long) Heap.ARRAY;
    DataSet data =
        FolderReader.read(settings, TestImages.memory(kept * each), PackFolder.NONE, log::add);
    assertTrue(data.isStreamed());
    return data;
  }

  private static void assertSame(DataSet expected, DataSet data) {
    assertEquals(expected.fingerprint(), data.fingerprint());
    assertEquals(expected.size(), data.size());
    assertEquals(expected.sampleShape(), data.sampleShape());
    assertEquals(expected.skipped(), data.skipped());
    for (int i = 0; i < data.size(); i++) {
      assertEquals(expected.name(i), data.name(i));
      assertEquals(expected.label(i), data.label(i));
      assertArrayEquals(Opened.sample(expected, i), Opened.sample(data, i), data.name(i));
    }
  }

  /** Whatever part of it is in memory, and wherever a resumed run begins. */
  @Test
  void batchesAreThoseOfImagesInMemory() {
    DataSet whole = whole(settings());
    assertFalse(whole.isStreamed());
    for (int kept : new int[] {0, 1, 17, COUNT - 1}) {
      DataSet streamed = streamed(settings(), kept);
      assertSame(whole, streamed);
      for (int batchSize : new int[] {1, 7, 2 * COUNT + 3}) {
        for (boolean shuffled : new boolean[] {true, false}) {
          Seed seed = new Seed(31L * kept + batchSize);
          Batches all = new Batches(whole, seed, batchSize).shuffled(shuffled);
          Batches some = new Batches(streamed, seed, batchSize).shuffled(shuffled);
          int count = 3 * COUNT / batchSize + 1;
          for (int i = kept % count; i < count; i++) {
            assertArrayEquals(all.batch(i), some.batch(i), kept + " kept, batch " + i);
          }
        }
      }
    }
  }

  @Test
  void cropsAreThoseOfImagesInMemory() {
    Data jittered = Jittered.jittered(Data.of(whole(settings())), 5);
    Data same = Jittered.jittered(Data.of(streamed(settings(), 3)), 5);
    DataSet whole = jittered.open(new Seed(1), log::add);
    DataSet streamed = same.open(new Seed(1), log::add);
    assertTrue(streamed.isStreamed());
    assertEquals(whole.fingerprint(), streamed.fingerprint());
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(
          new Batches(whole, new Seed(2), 6).batch(i),
          new Batches(streamed, new Seed(2), 6).batch(i));
    }
  }

  @Test
  void halvesArePaired() {
    List<DataSet> whole =
        FolderReader.halves(settings(), TestImages.memory(1 << 30), PackFolder.NONE, log::add);
    List<DataSet> streamed =
        FolderReader.halves(settings(), TestImages.memory(0), PackFolder.NONE, log::add);
    for (int half = 0; half < 2; half++) {
      assertFalse(whole.get(half).isStreamed());
      assertTrue(streamed.get(half).isStreamed());
      assertSame(whole.get(half), streamed.get(half));
    }
    DataSet pairs = new PairSet(streamed.get(0), streamed.get(1), true);
    assertTrue(pairs.isStreamed());
    assertArrayEquals(
        new Batches(new PairSet(whole.get(0), whole.get(1), true), new Seed(4), 9).sources(3),
        new Batches(pairs, new Seed(4), 9).sources(3));
  }

  /** The number of samples stands at the start of a fingerprint, and is only known in the end. */
  @Test
  void aBrokenFileInTheMiddleIsLeftOutOrStops() throws IOException {
    Path broken = folder.resolve("b/0017.png");
    Files.write(broken, new byte[] {1, 2, 3});
    DataSet whole = whole(settings());
    assertEquals(COUNT - 1, whole.size());
    assertEquals(List.of("b/0017.png"), whole.skipped());
    assertSame(whole, streamed(settings(), 5));
    assertEquals("skipped " + broken + ": is neither PNG nor JPEG inside", log.get(0));
    assertEquals(
        broken + ": is neither PNG nor JPEG inside (onBroken: skip would leave it out)",
        assertThrows(DataException.class, () -> streamed(settings().onBroken(BrokenImages.STOP), 5))
            .getMessage());
  }

  @Test
  void aFileThatVanishesIsNamedWhenItIsDue() throws IOException {
    DataSet streamed = streamed(settings(), 0);
    int lost =
        IntStream.range(0, COUNT)
            .filter(i -> streamed.name(i).contains("0017"))
            .findFirst()
            .orElseThrow();
    Path file = folder.resolve(streamed.name(lost));
    Files.delete(file);
    for (int i = 0; i < COUNT; i++) {
      if (i != lost) {
        Opened.sample(streamed, i);
      }
    }
    assertEquals(
        file + ": no such file",
        assertThrows(DataException.class, () -> Opened.sample(streamed, lost)).getMessage());
    Files.write(file, new byte[] {1, 2, 3});
    assertEquals(
        file + ": is neither PNG nor JPEG inside; it was whole when it was opened",
        assertThrows(DataException.class, () -> Opened.sample(streamed, lost)).getMessage());
  }

  @Test
  void otherPixelsThanAtTheStartAreNoticed() throws IOException {
    DataSet streamed = streamed(settings(), 0);
    Path file = folder.resolve(streamed.name(3));
    Files.copy(folder.resolve(streamed.name(4)), file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(
        file
            + ": has other pixels than when the data was opened; bring it back and resume, or"
            + " train anew",
        assertThrows(DataException.class, () -> Opened.sample(streamed, 3)).getMessage());
  }

  /** What is not in memory is said, and how much it is. */
  @Test
  void streamingIsSaid() {
    streamed(settings(), 9);
    assertEquals(
        List.of(
            folder
                + ": 9 of its 40 images are in memory, decoded; the others are decoded whenever"
                + " they are due"),
        log);
  }

  @Test
  void oneImageHasToFitIntoMemory() throws Exception {
    Process process = child("48m", folder.toString(), "4096");
    assertEquals(1, process.exitValue());
    String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(
        error.contains(folder + ": images of (3, 4096, 4096) take 0.2 GB, Java may use 0.1 GB;"),
        error);
  }

  /** 3,000 images are 37 MB decoded. */
  @Test
  void memoryIsBounded(@TempDir Path many) throws Exception {
    TestImages.copies(many, 3000);
    Process process = child("24m", many.toString(), "64");
    String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", error.lines().findFirst().orElse(""));
    assertEquals(
        "read 3000 of 3000",
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
  }

  private static Process child(String memory, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + memory,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Reading.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(PackFolder.VARIABLE, "false");
    Process process = builder.start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    return process;
  }

  /** Opens a folder and reads an epoch of it. */
  static final class Reading {
    public static void main(String[] args) {
      ImageFolder settings = ImageFolder.imageFolder(args[0], Integer.parseInt(args[1]));
      DataSet data = settings.open(new Seed(1), line -> {});
      if (!data.isStreamed()) {
        throw new IllegalStateException("nothing is streamed");
      }
      Batches batches = new Batches(data, new Seed(1), 50);
      int read = 0;
      for (int i = 0; i < data.size() / 50; i++) {
        read += batches.batch(i).length / data.sampleShape().elements();
      }
      System.out.println("read " + read + " of " + data.size());
    }
  }
}
