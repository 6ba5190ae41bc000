package dev.sparring.data;

import dev.sparring.data.FileDecoder.Decoded;
import dev.sparring.tensor.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes every file of a folder once, in order, on all processors: so it is known which are whole,
 * and what the fingerprints are, before a training begins. Of the images it keeps what there is
 * memory for, or writes them into a pack.
 */
final class FirstPass {
  private static final int MOST_AT_ONCE = 256;
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);

  /** What is done with a file that cannot be decoded; it may throw. */
  interface Broken {
    void skip(String name, @Nullable String problem);
  }

  private final List<String> names;
  private final FileDecoder decoder;
  private final int parts;
  private final Shape shape;
  private final @Nullable PackWriter pack;
  private final List<byte @Nullable [][]> kept = new ArrayList<>();
  private final List<String> whole = new ArrayList<>();
  private final List<Integer> skipped = new ArrayList<>();
  private final Map<ImageNote, ImageNote.Found> notes = new EnumMap<>(ImageNote.class);
  private final int[][] sums;
  private final int atOnce;
  private final boolean keepsAll;
  private final long each;
  private long memory;

  /** Of all images, unless files were left out. */
  private Fingerprint @Nullable [] fingerprints;

  /**
   * Prepares a pass. Images of a small folder are kept in memory even if they are in the pack.
   *
   * @param pack where images go too, or null
   * @param memory bytes that may be kept
   */
  FirstPass(OpenFolder folder, FileDecoder decoder, @Nullable PackWriter pack, long memory) {
    this.decoder = decoder;
    this.pack = pack;
    this.memory = memory;
    names = folder.names;
    parts = folder.sides.size();
    shape = folder.settings.sampleShape();
    keepsAll = folder.isSmall();
    each = folder.each;
    sums = new int[parts][names.size()];
    atOnce = atOnce(each);
  }

  /** How many images of a size are decoded before they are put away: 1/16 of Java's memory. */
  static int atOnce(long each) {
    long fit = Runtime.getRuntime().maxMemory() / 16 / each;
    return (int) Math.max(1, Math.min(MOST_AT_ONCE, fit));
  }

  /** Decodes all files. */
  FirstPass run(Broken broken, Consumer<String> log) {
    Fingerprint[] prints = prints(names.size());
    long logged = System.nanoTime();
    // A few at a time, so that the first broken file is reported without decoding all later ones.
    for (int start = 0; start < names.size(); start += atOnce) {
      int from = start;
      int count = Math.min(atOnce, names.size() - start);
      Decoded[] decoded =
          inParallel(count, i -> decoder.decode(names.get(from + i))).toArray(Decoded[]::new);
      for (int i = 0; i < count; i++) {
        byte[][] images = decoded[i].parts;
        if (images != null) {
          add(names.get(start + i), images, decoded[i], prints);
        } else {
          broken.skip(names.get(start + i), decoded[i].problem);
          skipped.add(start + i);
        }
      }
      if (System.nanoTime() - logged > LOG_EVERY.toNanos()) {
        logged = System.nanoTime();
        log.accept("decoded " + (start + count) + " of " + names.size() + " images");
      }
    }
    fingerprints = skipped.isEmpty() ? prints : null;
    return this;
  }

  private static <T> Stream<T> inParallel(int count, IntFunction<T> work) {
    return IntStream.range(0, count).parallel().mapToObj(work);
  }

  private Fingerprint[] prints(int size) {
    return IntStream.range(0, parts)
        .mapToObj(part -> ByteSet.print(shape, size))
        .toArray(Fingerprint[]::new);
  }

  private void add(String name, byte[][] images, Decoded decoded, Fingerprint[] prints) {
    int index = whole.size();
    whole.add(name);
    decoded.notes.forEach(
        note -> notes.merge(note, new ImageNote.Found(1, name), (a, b) -> a.andOneMore()));
    for (int part = 0; part < parts; part++) {
      prints[part].bytes(images[part]);
      sums[part][index] = ImagePack.sum(images[part]);
    }
    boolean isPacked = pack != null && pack.add(images);
    boolean isKept = (keepsAll || !isPacked) && memory >= each;
    memory -= isKept ? each : 0;
    kept.add(isKept ? images : null);
  }

  /** The names of whole images, in order. */
  List<String> whole() {
    return whole;
  }

  /** The places of broken files among all. */
  int[] skipped() {
    return skipped.stream().mapToInt(i -> i).toArray();
  }

  /** What is to be said about the images. */
  Map<ImageNote, ImageNote.Found> notes() {
    return notes;
  }

  /** Images in memory, null for those that are not, one array for each part. */
  byte[] @Nullable [][] kept() {
    return kept.toArray(byte[][][]::new);
  }

  /** Checksums of images, for each part. */
  int[][] sums() {
    int[][] trimmed = new int[parts][];
    for (int part = 0; part < parts; part++) {
      trimmed[part] = Arrays.copyOf(sums[part], whole.size());
    }
    return trimmed;
  }

  /**
   * The fingerprint of each part. They begin with the number of samples: if files were left out,
   * images have to be gone through again.
   *
   * @param images reads an image's parts again
   */
  List<String> fingerprints(int @Nullable [] labels, IntFunction<byte[][]> images) {
    Fingerprint[] prints = fingerprints;
    if (prints == null) {
      prints = prints(whole.size());
      for (int start = 0; start < whole.size(); start += atOnce) {
        int from = start;
        int count = Math.min(atOnce, whole.size() - start);
        byte[][][] again = inParallel(count, i -> images.apply(from + i)).toArray(byte[][][]::new);
        for (byte[][] image : again) {
          for (int part = 0; part < parts; part++) {
            prints[part].bytes(image[part]);
          }
        }
      }
    }
    List<String> hex = new ArrayList<>();
    for (Fingerprint print : prints) {
      print.labels(labels);
      hex.add(print.hex());
    }
    return hex;
  }
}
