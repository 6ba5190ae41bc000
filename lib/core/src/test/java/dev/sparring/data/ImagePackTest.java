package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decoded images that are kept for later starts. */
class ImagePackTest {
  private static final int COUNT = 30;
  private static final FolderLimits STREAMED = TestImages.memory(0);
  private static final FolderLimits SMALL = TestImages.memory(1 << 20);

  @TempDir Path folder;
  @TempDir Path cache;

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void save() throws IOException {
    TestImages.save(folder, COUNT);
  }

  private ImageFolder settings() {
    return ImageFolder.imageFolder(folder.toString(), 8);
  }

  private DataSet open(FolderLimits limits) {
    return open(settings(), limits);
  }

  private DataSet open(ImageFolder settings, FolderLimits limits) {
    log.clear();
    return FolderReader.read(settings, limits, new PackFolder(cache), log::add);
  }

  private DataSet unpacked(ImageFolder settings) {
    return FolderReader.read(settings, TestImages.memory(1 << 30), PackFolder.NONE, line -> {});
  }

  private Path pack() throws IOException {
    List<Path> packs = packs();
    assertEquals(1, packs.size(), packs.toString());
    return packs.get(0);
  }

  private List<Path> packs() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.filter(file -> file.toString().endsWith(".images")).toList();
    }
  }

  private void deleteImages() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void assertSame(DataSet expected, DataSet data) {
    assertEquals(expected.fingerprint(), data.fingerprint());
    assertEquals(expected.size(), data.size());
    assertEquals(expected.skipped(), data.skipped());
    for (int i = 0; i < data.size(); i++) {
      assertEquals(expected.name(i), data.name(i));
      assertEquals(expected.label(i), data.label(i));
      assertArrayEquals(Opened.sample(expected, i), Opened.sample(data, i), data.name(i));
    }
  }

  private boolean isDecodedBefore() {
    return log.get(log.size() - 1).contains(": its images were decoded before, ");
  }

  /** The fingerprint is the one that runs have recorded, of bytes in memory. */
  @Test
  void theSecondStartDecodesNothing() throws IOException {
    DataSet whole = unpacked(settings());
    byte[][] bytes = new byte[COUNT][];
    int[] labels = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      float[] values = Opened.sample(whole, i);
      bytes[i] = new byte[values.length];
      for (int j = 0; j < values.length; j++) {
        bytes[i][j] = (byte) Math.round((values[j] + 1) * 127.5f);
      }
      labels[i] = whole.label(i).orElseThrow();
    }
    assertEquals(
        new ByteSet(whole.sampleShape(), bytes, labels).fingerprint(), whole.fingerprint());
    assertSame(whole, open(STREAMED));
    assertEquals(
        List.of(
            folder
                + ": its decoded images are kept for later starts, 0.0 MB in "
                + pack()
                + " (sparring cache clear images removes it, SPARRING_KEEP_IMAGES=false keeps"
                + " none)"),
        log);
    DataSet streamed = open(STREAMED);
    assertTrue(isDecodedBefore(), log.toString());
    assertTrue(streamed.isStreamed());
    DataSet small = open(SMALL);
    assertTrue(isDecodedBefore(), log.toString());
    assertFalse(small.isStreamed());
    deleteImages();
    assertSame(whole, streamed);
    assertSame(whole, small);
  }

  @Test
  void smallFoldersAreInMemoryAndInThePack() throws IOException {
    assertFalse(open(SMALL).isStreamed());
    assertTrue(Files.exists(pack()));
    assertSame(unpacked(settings()), open(STREAMED));
    assertTrue(isDecodedBefore(), log.toString());
  }

  @Test
  void halvesAreKept() throws IOException {
    PackFolder packs = new PackFolder(cache);
    List<DataSet> first = FolderReader.halves(settings(), STREAMED, packs, log::add);
    List<DataSet> second = FolderReader.halves(settings(), STREAMED, packs, log::add);
    assertTrue(isDecodedBefore(), log.toString());
    deleteImages();
    assertSame(first.get(0), second.get(0));
    assertSame(first.get(1), second.get(1));
  }

  /** What only some folders have is told apart by the file's name, what changes by the stamp. */
  @Test
  void otherSettingsAreAnotherPack() throws IOException {
    open(STREAMED);
    List<UnaryOperator<ImageFolder>> others =
        List.of(s -> s.size(7), s -> s.channels(1), s -> s.folder(folder.resolve("a").toString()));
    for (UnaryOperator<ImageFolder> other : others) {
      ImageFolder settings = other.apply(settings());
      DataSet first = open(settings, STREAMED);
      assertFalse(isDecodedBefore(), log.toString());
      assertSame(unpacked(settings), first);
      open(settings, STREAMED);
      assertTrue(isDecodedBefore(), log.toString());
    }
    assertEquals(1 + others.size(), packs().size());
  }

  /** As cp -p or rsync -t exchange a file: of equal size, under the old time of modification. */
  @Test
  void anExchangedFileIsNoticed() throws IOException {
    open(STREAMED);
    String before = unpacked(settings()).fingerprint();
    Path file = folder.resolve("a/0000.png");
    byte[] contents = Files.readAllBytes(file);
    FileTime modified = Files.getLastModifiedTime(file);
    byte[] other = TestImages.encoded(77, 8, 8, "png");
    // Random pixels do not shrink, so equal shapes have equal sizes.
    assertEquals(contents.length, other.length);
    Files.write(file, other);
    Files.setLastModifiedTime(file, modified);
    DataSet data = open(STREAMED);
    assertFalse(isDecodedBefore(), log.toString());
    assertSame(unpacked(settings()), data);
    assertFalse(before.equals(data.fingerprint()));
    pack();
  }

  @Test
  void newMissingAndRenamedFilesAreNoticed() throws IOException {
    open(STREAMED);
    Files.write(folder.resolve("a/new.png"), TestImages.encoded(5, 8, 8, "png"));
    assertEquals(COUNT + 1, open(STREAMED).size());
    Files.move(folder.resolve("a/new.png"), folder.resolve("b/new.png"));
    assertSame(unpacked(settings()), open(STREAMED));
    assertFalse(isDecodedBefore(), log.toString());
    Files.delete(folder.resolve("b/new.png"));
    assertEquals(COUNT, open(STREAMED).size());
    open(STREAMED);
    assertTrue(isDecodedBefore(), log.toString());
  }

  /** The lines about broken files are the same each time, and a stop stays one. */
  @Test
  void brokenFilesAreSaidAgain() throws IOException {
    Path broken = Files.write(folder.resolve("a/0012.png"), new byte[] {1});
    ImageFolder skipping = settings().onBroken(BrokenImages.SKIP);
    assertSame(unpacked(skipping), open(skipping, STREAMED));
    String line = log.get(0);
    assertEquals("skipped " + broken + ": is neither PNG nor JPEG inside", line);
    assertSame(unpacked(skipping), open(skipping, STREAMED));
    assertTrue(isDecodedBefore(), log.toString());
    assertEquals(line, log.get(0));
    assertEquals(
        broken + ": is neither PNG nor JPEG inside (onBroken: skip would leave it out)",
        assertThrows(DataException.class, () -> open(STREAMED)).getMessage());
  }

  /**
   * Any byte may be another one, and any end missing: the samples stay the same. {@code
   * -Dsparring.fuzz=100000} makes that many changes, {@code -Dsparring.fuzz.seed=7} others.
   */
  @Test
  void damagedPacksAreNotTrusted() throws IOException {
    DataSet whole = unpacked(settings());
    open(STREAMED);
    Path pack = pack();
    byte[] good = Files.readAllBytes(pack);
    Random random = new Random(Long.getLong("sparring.fuzz.seed", 3));
    for (int i = 0; i < Integer.getInteger("sparring.fuzz", 60); i++) {
      Files.deleteIfExists(pack);
      Files.write(pack, damaged(good, random));
      assertSame(whole, open(i % 2 == 0 ? STREAMED : SMALL));
      assertTrue(
          log.stream().anyMatch(line -> line.startsWith(cache + "/") && line.contains("; ")),
          i + ": " + log);
    }
  }

  private static byte[] damaged(byte[] good, Random random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(good, random.nextInt(good.length));
    }
    byte[] bad = good.clone();
    // Half of them in the index, which is short.
    int at =
        random.nextBoolean() ? random.nextInt(bad.length) : bad.length - 1 - random.nextInt(400);
    bad[at] ^= (byte) (1 << random.nextInt(8));
    return bad;
  }

  @Test
  void aDamagedImageIsDecodedAndThePackRemoved() throws IOException {
    open(STREAMED);
    Path pack = pack();
    byte[] bytes = Files.readAllBytes(pack);
    bytes[ImagePack.HEADER + 5 * 192 + 7]++;
    Files.write(pack, bytes);
    DataSet data = open(STREAMED);
    assertTrue(isDecodedBefore(), log.toString());
    assertTrue(Files.exists(pack));
    assertSame(unpacked(settings()), data);
    assertEquals(
        pack
            + ": does not have the checksum that it names for image 5; images are decoded again"
            + " when they are due",
        log.get(log.size() - 1));
    assertFalse(Files.exists(pack));
  }

  @Test
  void itCanBeTurnedOff() throws IOException {
    assertSame(
        unpacked(settings()), FolderReader.read(settings(), STREAMED, PackFolder.NONE, log::add));
    assertEquals(List.of(), packs());
    assertFalse(PackFolder.standard(Map.of(PackFolder.VARIABLE, "False")).keeps());
    assertEquals(
        Path.of("/x/sparring/images"),
        PackFolder.standard(Map.of("XDG_CACHE_HOME", "/x", PackFolder.VARIABLE, "true")).folder());
    assertTrue(PackFolder.standard(Map.of()).keeps());
    assertEquals(
        "SPARRING_KEEP_IMAGES: must be true or false, got '0'",
        assertThrows(
                DataException.class, () -> PackFolder.standard(Map.of(PackFolder.VARIABLE, "0")))
            .getMessage());
  }

  @Test
  void foldersThatDecodeQuicklyAreNotKept() throws IOException {
    assertSame(unpacked(settings()), open(new FolderLimits(1 << 20, 1 << 20, COUNT + 1, 1 << 20)));
    assertEquals(List.of(), packs());
    assertEquals(List.of(), log);
  }

  @Test
  void aFolderThatCannotBeWrittenToIsALine() throws IOException {
    Path file = Files.write(cache.resolve("file"), new byte[1]);
    DataSet data =
        FolderReader.read(settings(), STREAMED, new PackFolder(file.resolve("images")), log::add);
    assertSame(unpacked(settings()), data);
    assertTrue(
        log.get(0).startsWith(file + "/images/") && log.get(0).contains(": cannot keep decoded"),
        log.toString());
    assertTrue(log.get(0).endsWith("; they are decoded at each start"), log.toString());
  }

  @Test
  void aFullDiskIsALine() throws IOException {
    Path file = cache.resolve("x.images");
    try (PackWriter writer = new PackWriter(file, Integer.MAX_VALUE, 2, 1 << 25, log::add)) {
      assertFalse(writer.add(new byte[2][1 << 10]));
    }
    assertTrue(log.get(0).startsWith(file + ": cannot keep decoded images: they take "));
    assertEquals(1, log.size());
    try (Stream<Path> all = Files.list(cache)) {
      assertEquals(0, all.count());
    }
  }

  /** What is written is there for a second look; without an end nothing stays. */
  @Test
  void aPackWithoutItsEndLeavesNothing() throws IOException {
    try (PackWriter writer = new PackWriter(cache.resolve("x.images"), 3, 1, 4, log::add)) {
      assertTrue(writer.add(new byte[][] {{1, 2, 3, 4}}));
      assertTrue(writer.add(new byte[][] {{5, 6, 7, 8}}));
      assertArrayEquals(new byte[] {5, 6, 7, 8}, writer.read(1)[0]);
      assertArrayEquals(new byte[] {1, 2, 3, 4}, writer.read(0)[0]);
      assertNull(writer.read(2));
    }
    try (Stream<Path> all = Files.list(cache)) {
      assertEquals(0, all.count());
    }
    assertEquals(List.of(), log);
  }

  @Test
  void twoAtOnceWriteOne() throws IOException {
    PackFolder packs = new PackFolder(cache);
    List<CompletableFuture<DataSet>> both =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> FolderReader.read(settings(), STREAMED, packs, log::add)))
            .limit(3)
            .toList();
    DataSet whole = unpacked(settings());
    both.forEach(data -> assertSame(whole, data.join()));
    assertEquals(
        1, log.stream().filter(line -> line.contains("are kept for later starts")).count());
    pack();
  }
}
