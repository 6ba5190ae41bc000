package dev.sparring.data;

import dev.sparring.setting.Shown;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A folder of images that is being opened, and the data sets that come of it. */
final class OpenFolder {
  final ImageFolder settings;

  /** The parts of an image, null for the whole. */
  final List<@Nullable Side> sides;

  final FolderLimits limits;
  final Consumer<String> log;
  final FolderFiles files;

  /** Of all files, broken ones too. */
  final List<String> names;

  /** Bytes of an image in memory. */
  final long each;

  OpenFolder(
      ImageFolder settings, List<@Nullable Side> sides, FolderLimits limits, Consumer<String> log) {
    this.settings = settings;
    this.sides = sides;
    this.limits = limits;
    this.log = line -> log.accept(Shown.line(line));
    files = FolderFiles.of(settings);
    names = List.copyOf(files.images().keySet());
    each = Heap.product(sides.size(), settings.sampleShape().elements() + (long) Heap.ARRAY);
  }

  /** Bytes of a part of an image. */
  int elements() {
    return settings.sampleShape().elements();
  }

  /** Whether all images are in memory even where a pack has them. */
  boolean isSmall() {
    return !isMoreThan(limits.small());
  }

  /** Whether all images take more than this. */
  boolean isMoreThan(long bytes) {
    return Heap.product(names.size(), each) > bytes;
  }

  /** A decoder beside images that are kept in memory. */
  FileDecoder decoder(long keptInMemory) {
    long atOnce = FirstPass.atOnce(each) * each;
    return new FileDecoder(settings, sides, files, DecodingMemory.beside(keptInMemory + atOnce));
  }

  /**
   * Leaves a broken file out, and says so.
   *
   * @throws DataException if the settings say to stop
   */
  void skip(String name, @Nullable String problem) {
    InputFile file = files.images().get(name);
    if (settings.onBroken() == BrokenImages.STOP) {
      throw new DataException(file + ": " + problem + " (onBroken: skip would leave it out)");
    }
    log.accept("skipped " + file + ": " + problem);
  }

  /** Says what is to be known about the images. */
  void say(Map<ImageNote, ImageNote.Found> notes) {
    notes.forEach((note, found) -> log.accept(note.about(files.root(), found)));
  }

  /** The names of the files that an index leaves out. */
  List<String> skipped(PackIndex index) {
    return IntStream.of(index.skipped()).mapToObj(names::get).toList();
  }

  /**
   * The data set of each part.
   *
   * @param whole names of whole images
   * @param kept images in memory; null elements for those that are read from the pack or decoded
   */
  List<DataSet> sets(
      List<String> whole,
      byte[] @Nullable [][] kept,
      PackIndex index,
      FileDecoder decoder,
      @Nullable ImagePack pack) {
    int[] labels = labels(whole);
    List<String> skipped = skipped(index);
    long inMemory = Arrays.stream(kept).filter(image -> image != null).count();
    if (inMemory == kept.length) {
      return IntStream.range(0, sides.size())
          .<DataSet>mapToObj(
              part -> new NamedSamples(set(kept, part, labels, index), whole, skipped))
          .toList();
    }
    if (pack == null) {
      log.accept(
          String.format(
              Locale.ROOT,
              "%s: %d of its %d images are in memory, decoded; the others are decoded whenever"
                  + " they are due",
              files.root(),
              inMemory,
              kept.length));
    }
    StreamedImages images = new StreamedImages(whole, kept, index.sums(), decoder, pack, log);
    return IntStream.range(0, sides.size())
        .<DataSet>mapToObj(
            part ->
                new StreamedSet(
                    images,
                    part,
                    settings.sampleShape(),
                    labels,
                    skipped,
                    index.fingerprints().get(part)))
        .toList();
  }

  private ByteSet set(
      byte[] @Nullable [][] kept, int part, int @Nullable [] labels, PackIndex index) {
    byte[][] pixels = Arrays.stream(kept).map(image -> image[part]).toArray(byte[][]::new);
    return new ByteSet(settings.sampleShape(), pixels, labels, index.fingerprints().get(part));
  }

  /** The labels of whole images, or null if there are none. */
  int @Nullable [] labels(List<String> kept) {
    if (!files.isLabelled()) {
      return null;
    }
    List<String> classes = files.classes();
    return kept.stream()
        .mapToInt(name -> Collections.binarySearch(classes, FolderFiles.top(name)))
        .toArray();
  }

  /** How much the images of an index take. */
  static String megabytes(PackIndex index) {
    return String.format(Locale.ROOT, "%.1f MB", index.size() * index.each() / 1e6);
  }
}
