package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.random.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that claim or hold more than memory does. */
class LargeFilesTest {
  @TempDir Path folder;

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  /** A PNG file of zeros. */
  static byte[] png(int width, int height, int bits, int colour, long bytes) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteBuffer head = ByteBuffer.allocate(13).putInt(width).putInt(height);
    head.put((byte) bits).put((byte) colour);
    chunk(file, "IHDR", head.array());
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      byte[] block = new byte[1 << 16];
      for (long left = bytes; left > 0; left -= block.length) {
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    chunk(file, "IDAT", packed.toByteArray());
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  static void chunk(ByteArrayOutputStream file, String type, byte[] contents) throws IOException {
    byte[] named = new byte[contents.length + 4];
    System.arraycopy(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, named, 0, 4);
    System.arraycopy(contents, 0, named, 4, contents.length);
    CRC32 sum = new CRC32();
    sum.update(named);
    file.write(ByteBuffer.allocate(4).putInt(contents.length).array());
    file.write(named);
    file.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private DataSet open(BrokenImages onBroken) {
    return ImageFolder.imageFolder(folder.toString(), 4)
        .onBroken(onBroken)
        .open(new Seed(1), log::add);
  }

  private String failure(Data data) {
    return assertThrows(DataException.class, () -> data.open(new Seed(1), log::add)).getMessage();
  }

  private String refused(byte[] png) throws IOException {
    Files.write(folder.resolve("a.png"), png);
    return failure(ImageFolder.imageFolder(folder.toString(), 4));
  }

  @Test
  void picturesOfBillionsOfPixelsAreNotDecoded() throws IOException {
    byte[] bomb = png(30_000, 30_000, 1, 0, 30_000L * 3751);
    assertTrue(bomb.length < 200_000);
    assertEquals(
        folder
            + "/a.png: is 30000 x 30000 pixels, more than the 268435456 that are decoded"
            + " (onBroken: skip would leave it out)",
        refused(bomb));
    Files.write(folder.resolve("b.png"), png(2, 2, 8, 2, 14));
    assertEquals(1, open(BrokenImages.SKIP).size());
    assertEquals(
        List.of(
            "skipped "
                + folder
                + "/a.png: is 30000 x 30000 pixels, more than the 268435456 that are decoded"),
        log);
    assertTrue(
        refused(png(Integer.MAX_VALUE, Integer.MAX_VALUE, 8, 6, 10)).contains("x 2147483647"));
    assertTrue(
        refused(png(-1, 5, 8, 6, 10)).contains(": is damaged: its header claims 4294967295 x 5"));
  }

  @Test
  void picturesThatDoNotFitNameTheMemoryThatWouldDo() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), png(1000, 900, 8, 2, 0));
    EncodedImage image = EncodedImage.open(InputFile.of(file));
    DecodingMemory memory = DecodingMemory.of(2_000_000);
    assertEquals(
        "is 1000 x 900 pixels and takes 0.00 GB to decode, Java may use 0.00 GB for that; java"
            + " -Xmx1g would do",
        assertThrows(IOException.class, () -> memory.with(image, image.bytesInHeap(), 0, () -> 1))
            .getMessage());
    assertEquals(2_700_900, image.bytesInHeap());
  }

  @Test
  void whatIsDecodedAtTheSameTimeFitsIntoMemory() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), png(1000, 900, 8, 2, 0));
    EncodedImage image = EncodedImage.open(InputFile.of(file));
    DecodingMemory memory = DecodingMemory.of(10_000_000);
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i -> {
              long bytes = 1_000_000 + i % 7 * 1_000_000L;
              try {
                memory.with(
                    image,
                    bytes,
                    i % 5 == 0 ? 20_000_000 : 0,
                    () -> {
                      most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                      Thread.onSpinWait();
                      held.addAndGet(-bytes);
                      return 1;
                    });
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertEquals(0, held.get());
    assertTrue(most.get() <= 10_000_000, "held " + most);
  }

  /** Java reads such files in one go otherwise, and fails with an error of its own. */
  @Test
  void hugeFilesAreNotRead() throws IOException {
    Path file = Files.write(folder.resolve("a.png"), png(1, 1, 8, 2, 4));
    sparse(file, 5L << 30);
    // Without the user's cache, which is for files of such sizes.
    ImageFolder images = ImageFolder.imageFolder(folder.toString(), 4);
    FolderLimits limits = FolderLimits.standard();
    String message =
        assertThrows(
                DataException.class,
                () -> FolderReader.read(images, limits, PackFolder.NONE, log::add))
            .getMessage();
    assertTrue(message.contains("is 1 x 1 pixels and takes 10.74 GB to decode, Java may"), message);
  }

  private static void sparse(Path file, long size) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            Set.of(
                StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.SPARSE))) {
      channel.position(size - 1);
      channel.write(ByteBuffer.wrap(new byte[1]));
    }
  }

  @Test
  void packedIdxFilesOfMillionsAreRefusedByTheirHeader() throws IOException {
    long heap = Runtime.getRuntime().maxMemory();
    int count = (int) (heap / 64);
    Path file = folder.resolve("i.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(IdxTest.idx(0x803, new int[] {count, 7, 7}));
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < Math.min(64, (49L * count) >> 20); i++) {
        out.write(block);
      }
    }
    // The file is shorter than its header says, but as long as it may be for a gzip file.
    sparse(file, 49L * count / 1000);
    String message = failure(Idx.idx(file.toString()));
    assertTrue(message.startsWith(file + ": " + count + " images of 7 x 7 take "), message);
    assertTrue(message.matches(".*Java may use [0-9.]+ GB; java -Xmx[0-9]+g would do"), message);
  }

  @Test
  void shapesOfNumPyThatOverflowAreRefused() throws IOException {
    assertTrue(npy("(4294967296, 4294967296)", 8).contains("axis 0 has '4294967296' elements"));
    assertTrue(
        npy("(2000000000, 2000000000, 2000000000)", 8)
            .endsWith(
                ": truncated: has 8 bytes of values, expected more than any file has for float32"
                    + " of shape (2000000000, 2000000000, 2000000000)"));
    // The product is 0 in 64 bits.
    assertTrue(npy("(1073741824, 1073741824, 16)", 0).contains("expected more than any file has"));
    long count = Runtime.getRuntime().maxMemory() / 4;
    if (count < Integer.MAX_VALUE / 2) {
      String message = npy("(" + count + ", 1)", 4 * count);
      assertTrue(message.contains(": " + count + " samples of (1) take "), message);
    }
  }

  private String npy(String shape, long bytes) throws IOException {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
    ByteBuffer file = ByteBuffer.allocate(10 + header.length());
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
    file.put(header.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    Path path = folder.resolve("a.npy");
    Files.deleteIfExists(path);
    Files.write(path, file.array());
    if (bytes > 0) {
      sparse(path, file.capacity() + bytes);
    }
    return failure(Npy.npy(path.toString()));
  }

  @Test
  void linesWithoutEndAreNoCsv() throws IOException {
    Path file = folder.resolve("a.csv");
    byte[] digits = new byte[1 << 20];
    java.util.Arrays.fill(digits, (byte) '7');
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 40; i++) {
        out.write(digits);
      }
    }
    String message = failure(Csv.csv(file.toString()));
    assertTrue(message.startsWith(file + ": is no CSV file: "), message);
    java.util.Arrays.fill(digits, (byte) ',');
    Files.write(file, digits);
    assertTrue(failure(Csv.csv(file.toString())).startsWith(file + ": is no CSV file: "));
  }
}
