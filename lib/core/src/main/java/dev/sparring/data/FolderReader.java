package dev.sparring.data;

import dev.sparring.file.Reason;
import dev.sparring.setting.Shown;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens the images of an {@link ImageFolder}: those that were decoded before from their pack,
 * others by a {@link FirstPass}.
 */
final class FolderReader {
  private final ImageFolder settings;
  private final List<@Nullable Side> sides;
  private final FolderLimits limits;
  private final PackFolder packs;
  private final Consumer<String> log;
  private final FolderFiles files;
  private final List<String> names;

  /** Bytes of an image in memory. */
  private final long each;

  private boolean isUnusableSaid;

  private FolderReader(
      ImageFolder settings,
      List<@Nullable Side> sides,
      FolderLimits limits,
      PackFolder packs,
      Consumer<String> log) {
    this.settings = settings;
    this.sides = sides;
    this.limits = limits;
    this.packs = packs;
    this.log = line -> log.accept(Shown.line(line));
    files = FolderFiles.of(settings);
    names = List.copyOf(files.images().keySet());
    each = Heap.product(sides.size(), settings.sampleShape().elements() + (long) Heap.ARRAY);
  }

  /** Reads whole images. */
  static DataSet read(ImageFolder settings, Consumer<String> log) {
    return read(settings, FolderLimits.standard(), PackFolder.standard(System.getenv()), log);
  }

  static DataSet read(
      ImageFolder settings, FolderLimits limits, PackFolder packs, Consumer<String> log) {
    return new FolderReader(settings, Collections.singletonList(null), limits, packs, log)
        .read()
        .get(0);
  }

  /** Reads both halves of each image: the left ones, then the right ones. */
  static List<DataSet> halves(ImageFolder settings, Consumer<String> log) {
    return halves(settings, FolderLimits.standard(), PackFolder.standard(System.getenv()), log);
  }

  static List<DataSet> halves(
      ImageFolder settings, FolderLimits limits, PackFolder packs, Consumer<String> log) {
    return new FolderReader(settings, Arrays.asList(Side.LEFT, Side.RIGHT), limits, packs, log)
        .read();
  }

  /** The number of labels; empty if a file lies in no sub-folder. */
  static OptionalInt classes(ImageFolder settings) {
    FolderFiles files = FolderFiles.of(settings);
    return files.isLabelled() ? OptionalInt.of(files.classes().size()) : OptionalInt.empty();
  }

  private List<DataSet> read() {
    Heap.require(
        files.root(), "images of " + settings.sampleShape(), 4 * each, "a smaller size or ");
    files.notes().forEach(log);
    FolderStamp stamp = packs.keeps() ? FolderStamp.of(files) : null;
    if (stamp == null || !isWorthKeeping(stamp)) {
      return decode(null, null);
    }
    Path file = packs.file(files, settings, sides);
    List<DataSet> there = packed(file, stamp);
    if (there != null) {
      return there;
    }
    try {
      return packs.holding(
          file,
          () -> log.accept(files.root() + ": another one is decoding its images; waiting"),
          () -> {
            List<DataSet> meanwhile = packed(file, stamp);
            return meanwhile != null ? meanwhile : decode(file, stamp);
          });
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      log.accept(PackFolder.cannotKeep(file, Reason.of(e)));
      return decode(null, null);
    }
  }

  private boolean isWorthKeeping(FolderStamp stamp) {
    return names.size() >= limits.files()
        || stamp.bytes() >= limits.fileBytes()
        || isMoreThan(limits.memory());
  }

  private boolean isMoreThan(long bytes) {
    return Heap.product(names.size(), each) > bytes;
  }

  private FileDecoder decoder(long keptInMemory) {
    long atOnce = FirstPass.atOnce(each) * each;
    return new FileDecoder(settings, sides, files, DecodingMemory.beside(keptInMemory + atOnce));
  }

  /** Decodes all files, into a pack if there is a file for one. */
  private List<DataSet> decode(@Nullable Path file, @Nullable FolderStamp stamp) {
    boolean isSmall = !isMoreThan(limits.small());
    long memory = Math.max(limits.small(), limits.memory());
    FileDecoder decoder = decoder(Math.min(memory, Heap.product(names.size(), each)));
    if (file == null || stamp == null) {
      return decode(decoder, null, null, isSmall, memory);
    }
    int elements = settings.sampleShape().elements();
    try (PackWriter writer = new PackWriter(file, names.size(), sides.size(), elements, log)) {
      stamp.settle();
      return decode(decoder, writer, stamp, isSmall, memory);
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<DataSet> decode(
      FileDecoder decoder,
      @Nullable PackWriter writer,
      @Nullable FolderStamp stamp,
      boolean isSmall,
      long memory) {
    FirstPass pass =
        new FirstPass(
            names, decoder, sides.size(), settings.sampleShape(), writer, isSmall, memory);
    pass.run(this::skip, log);
    requireSome(pass.whole().size());
    say(pass.notes());
    byte[][][] kept = pass.kept();
    int[] labels = labels(pass.whole());
    StreamedImages again =
        new StreamedImages(pass.whole(), kept, pass.sums(), decoder, null, log);
    List<String> prints =
        pass.fingerprints(labels, i -> again(i, kept[i] == null ? writer : null, again));
    PackIndex index =
        new PackIndex(
            stamp == null ? new byte[0] : stamp.digest(),
            settings.sampleShape().elements(),
            prints,
            pass.skipped(),
            pass.notes(),
            pass.sums());
    ImagePack pack = writer == null ? null : finished(writer, index);
    return sets(pass.whole(), kept, index, decoder, pack);
  }

  /** An image that was decoded a moment ago. */
  private byte[][] again(int index, @Nullable PackWriter writer, StreamedImages images) {
    byte[][] written = writer == null ? null : writer.read(index);
    if (written != null) {
      return written;
    }
    return IntStream.range(0, sides.size())
        .mapToObj(part -> images.image(index, part))
        .toArray(byte[][]::new);
  }

  private @Nullable ImagePack finished(PackWriter writer, PackIndex index) {
    if (!writer.finish(index)) {
      return null;
    }
    Path file = packs.file(files, settings, sides);
    log.accept(
        files.root()
            + ": its decoded images are kept for later starts, "
            + megabytes(index)
            + " in "
            + file
            + " (sparring cache clear images removes it, "
            + PackFolder.VARIABLE
            + "=false keeps none)");
    try {
      return ImagePack.open(file);
    } catch (IOException e) {
      log.accept(file + ": " + Reason.of(e) + "; images are decoded when they are due");
      return null;
    }
  }

  /** The images of a pack, or null if there is none of these files. */
  private @Nullable List<DataSet> packed(Path file, FolderStamp stamp) {
    ImagePack pack;
    try {
      pack = ImagePack.open(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      unusable(file, e);
      return null;
    }
    PackIndex index = pack.index();
    boolean fits =
        Arrays.equals(index.stamp(), stamp.digest())
            && index.elements() == settings.sampleShape().elements()
            && index.parts() == sides.size()
            && index.size() + index.skipped().length == names.size();
    if (!fits) {
      return null;
    }
    FileDecoder decoder = decoder(isMoreThan(limits.small()) ? 0 : limits.small());
    List<String> problems = problems(index, decoder);
    byte[][][] kept = new byte[index.size()][][];
    if (problems == null || (!isMoreThan(limits.small()) && !isLoaded(pack, kept))) {
      return null;
    }
    for (int i = 0; i < problems.size(); i++) {
      skip(names.get(index.skipped()[i]), problems.get(i));
    }
    say(index.notes());
    log.accept(
        files.root() + ": its images were decoded before, " + megabytes(index) + " in " + file);
    Set<String> broken = Set.copyOf(skipped(index));
    List<String> whole =
        broken.isEmpty() ? names : names.stream().filter(n -> !broken.contains(n)).toList();
    return sets(whole, kept, index, decoder, pack);
  }

  /**
   * Why files that were broken still are, or null if one can be decoded now: that may depend on
   * Java's memory and on who reads it.
   */
  private @Nullable List<String> problems(PackIndex index, FileDecoder decoder) {
    List<String> problems = new ArrayList<>();
    for (String name : skipped(index)) {
      FileDecoder.Decoded decoded = decoder.decode(name);
      if (decoded.parts != null) {
        return null;
      }
      problems.add(decoded.problem);
    }
    return problems;
  }

  private List<String> skipped(PackIndex index) {
    return IntStream.of(index.skipped()).mapToObj(names::get).toList();
  }

  private boolean isLoaded(ImagePack pack, byte[][][] kept) {
    try {
      for (int i = 0; i < kept.length; i++) {
        kept[i] = new byte[sides.size()][];
        for (int part = 0; part < sides.size(); part++) {
          kept[i][part] = pack.read(i, part);
        }
      }
      return true;
    } catch (IOException e) {
      unusable(pack.file(), e);
      return false;
    }
  }

  /** Says it once: a pack is looked at again when its lock is held. */
  private void unusable(Path file, IOException e) {
    if (!isUnusableSaid) {
      log.accept(file + ": " + Reason.of(e) + "; decoding the images again");
    }
    isUnusableSaid = true;
  }

  private List<DataSet> sets(
      List<String> whole,
      byte @Nullable [][][] kept,
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
    StreamedImages images =
        new StreamedImages(whole, kept, index.sums(), decoder, pack, log);
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
      byte @Nullable [][][] kept, int part, int @Nullable [] labels, PackIndex index) {
    byte[][] pixels = Arrays.stream(kept).map(image -> image[part]).toArray(byte[][]::new);
    return new ByteSet(
        settings.sampleShape(), pixels, labels, index.fingerprints().get(part));
  }

  private void requireSome(int whole) {
    if (whole == 0) {
      throw new DataException(files.root() + ": each of its " + names.size() + " images is broken");
    }
  }

  private void say(Map<ImageNote, ImageNote.Found> notes) {
    notes.forEach((note, found) -> log.accept(note.about(files.root(), found)));
  }

  private static String megabytes(PackIndex index) {
    return String.format(Locale.ROOT, "%.1f MB", index.size() * index.each() / 1e6);
  }

  private void skip(String name, @Nullable String problem) {
    InputFile file = files.images().get(name);
    if (settings.onBroken() == BrokenImages.STOP) {
      throw new DataException(file + ": " + problem + " (onBroken: skip would leave it out)");
    }
    log.accept("skipped " + file + ": " + problem);
  }

  private int @Nullable [] labels(List<String> kept) {
    if (!files.isLabelled()) {
      return null;
    }
    List<String> classes = files.classes();
    return kept.stream()
        .mapToInt(name -> Collections.binarySearch(classes, FolderFiles.top(name)))
        .toArray();
  }
}
