package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes files of every kind at random: each is read, or refused in one line that names it, in
 * bounded time. {@code -Dsparring.fuzz=100000} makes that many changes instead of 600, {@code
 * -Dsparring.fuzz.seed=7} others.
 */
class DamagedFilesTest {
  private static final int CHANGES = Integer.getInteger("sparring.fuzz", 600);
  private static final long SEED = Long.getLong("sparring.fuzz.seed", 13);
  private static final long SLOW = 20_000_000_000L;

  /** Numbers at which arithmetic on sizes goes wrong. */
  private static final int[] EDGES = {
    0,
    1,
    2,
    7,
    8,
    255,
    256,
    65_535,
    65_536,
    1 << 20,
    1 << 28,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    -1,
    -2
  };

  @TempDir Path folder;

  /** A file to change, by the name it needs. */
  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<String> names = ImageFilesTest.names()) {
      for (String name : names.toList()) {
        files.put(name, Files.readAllBytes(ImageFilesTest.picture(name)));
      }
    }
    byte[] images = IdxTest.idx(0x803, new int[] {2, 2, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    files.put("images.idx", images);
    files.put("images.gz", IdxTest.gzip(images));
    files.put("labels.idx1", IdxTest.idx(0x801, new int[] {3}, 1, 0, 2));
    for (String name : List.of("images-f4.npy", "points-f8.npy", "hwc-u1.npy", "labels-i8.npy")) {
      try (var in = NpyTest.class.getResourceAsStream("npy/" + name)) {
        files.put(name, java.util.Objects.requireNonNull(in).readAllBytes());
      }
    }
    files.put(
        "points.csv",
        "x,y,\"the label\"\n1,2.5,a\n-3e2,.5,\"b,\"\"c\"\n4,5,a\n"
            .getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private Data data(Path file) {
    String name = file.toString();
    if (name.endsWith(".csv")) {
      return Csv.csv(name).label("3");
    }
    if (name.endsWith(".npy")) {
      return name.contains("labels") ? Npy.npy(plainNpy()).labels(name) : Npy.npy(name);
    }
    if (name.endsWith(".idx1")) {
      return Idx.idx(folder.resolve("plain.idx").toString()).labels(name);
    }
    return name.contains("images.")
        ? Idx.idx(name)
        : ImageFolder.imageFolder(file.getParent().toString(), 5);
  }

  private String plainNpy() {
    return folder.resolve("plain.npy").toString();
  }

  @Test
  void changedFilesAreReadOrNamed() throws IOException {
    Map<String, byte[]> files = files();
    Files.write(folder.resolve("plain.idx"), IdxTest.idx(0x803, new int[] {3, 1, 1}, 1, 2, 3));
    Files.write(folder.resolve("plain.npy"), files.get("points-f8.npy"));
    List<String> names = List.copyOf(files.keySet());
    RandomStream random = new Seed(SEED).stream("changes");
    int read = 0;
    for (int i = 0; i < CHANGES; i++) {
      String name = names.get(i % names.size());
      byte[] changed = changed(files.get(name), name, random);
      Path place = Files.createDirectories(folder.resolve("tried"));
      Path file = Files.write(place.resolve(name), changed);
      if (isRead(file, "seed " + SEED + ", change " + i)) {
        read++;
      }
      Files.delete(file);
    }
    System.out.println(
        "sparring.fuzz: " + CHANGES + " changes of seed " + SEED + ", " + read + " read");
  }

  private boolean isRead(Path file, String which) throws IOException {
    long start = System.nanoTime();
    try {
      Data data = data(file);
      DataSet set = data.open(new Seed(1), line -> {});
      float[] values = new float[set.sampleShape().elements()];
      for (int i = 0; i < Math.min(set.size(), 5); i++) {
        set.read(i, values, 0);
      }
      data.sampleShape();
      data.classes();
      return true;
    } catch (DataException e) {
      String message = String.valueOf(e.getMessage());
      boolean isPlain =
          message.contains(file.getFileName().toString())
              && message.chars().noneMatch(Character::isISOControl)
              && message.length() < 1000;
      if (!isPlain) {
        kept(file, which, e);
      }
      return false;
    } catch (RuntimeException | Error e) {
      kept(file, which, e);
      return false;
    } finally {
      assertEquals(
          true, System.nanoTime() - start < SLOW, () -> which + " of " + file + " takes too long");
    }
  }

  /** Shows the file, which a temporary folder would take away. */
  private static void kept(Path file, String which, Throwable e) throws IOException {
    String bytes = java.util.Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    fail(which + " of " + file.getFileName() + ": " + e + "\n" + bytes, e);
  }

  private static byte[] changed(byte[] file, String name, RandomStream random) {
    byte[] changed = file.clone();
    int times = 1 + below(random, 3);
    for (int t = 0; t < times && changed.length > 4; t++) {
      // Headers are where sizes stand.
      int reach = random.uniform() < 0.6 ? Math.min(changed.length, 60) : changed.length;
      int at = below(random, reach);
      switch (below(random, 6)) {
        case 0 -> changed[at] = (byte) below(random, 256);
        case 1 -> changed[at] ^= (byte) (1 << below(random, 8));
        case 2 -> changed = Arrays.copyOf(changed, at);
        case 3 -> put(changed, at, EDGES[below(random, EDGES.length)], 4);
        case 4 -> put(changed, at, EDGES[below(random, EDGES.length)], 2);
        default -> changed = moved(changed, at, below(random, changed.length), random);
      }
    }
    // Else the checksum alone would end most of them.
    return name.endsWith(".png") && random.uniform() < 0.8 ? withSums(changed) : changed;
  }

  private static void put(byte[] file, int at, int value, int bytes) {
    for (int b = 0; b < bytes && at + b < file.length; b++) {
      file[at + b] = (byte) (value >> (8 * (bytes - 1 - b)));
    }
  }

  /** A part of the file once more, somewhere else, or taken out. */
  private static byte[] moved(byte[] file, int at, int from, RandomStream random) {
    int length = Math.min(1 + below(random, 40), file.length - Math.max(at, from));
    ByteArrayOutputStream moved = new ByteArrayOutputStream();
    moved.write(file, 0, at);
    if (random.uniform() < 0.5) {
      moved.write(file, from, length);
      moved.write(file, at, file.length - at);
    } else {
      moved.write(file, at + length, file.length - at - length);
    }
    return moved.toByteArray();
  }

  /** A PNG file with right checksums. */
  private static byte[] withSums(byte[] file) {
    ByteBuffer png = ByteBuffer.wrap(file);
    int at = 8;
    while (at + 12 <= file.length) {
      long length = png.getInt(at) & 0xFFFF_FFFFL;
      if (length > file.length - at - 12) {
        break;
      }
      CRC32 sum = new CRC32();
      sum.update(file, at + 4, (int) length + 4);
      png.putInt(at + 8 + (int) length, (int) sum.getValue());
      at += (int) length + 12;
    }
    return file;
  }

  private static int below(RandomStream random, int limit) {
    return (int) (random.uniform() * limit);
  }
}
