package dev.sparring.data;

import dev.sparring.file.Reason;
import dev.sparring.setting.Shown;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decodes the files of an {@link ImageFolder}. */
final class FolderReader {
  private static final int CHUNK = 256;
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);

  /** A decoded image, one array for each part of it, or why it could not be decoded. */
  private static final class Decoded {
    private final byte @Nullable [][] parts;
    private final @Nullable String problem;
    private final Set<ImageNote> notes;

    private Decoded(byte @Nullable [][] parts, @Nullable String problem, Set<ImageNote> notes) {
      this.parts = parts;
      this.problem = problem;
      this.notes = notes;
    }
  }

  private final ImageFolder settings;
  private final List<@Nullable Side> sides;
  private final Consumer<String> log;
  private final FolderFiles files;

  private FolderReader(ImageFolder settings, List<@Nullable Side> sides, Consumer<String> log) {
    this.settings = settings;
    this.sides = sides;
    this.log = line -> log.accept(Shown.line(line));
    files = FolderFiles.of(settings);
  }

  /** Reads whole images. */
  static DataSet read(ImageFolder settings, Consumer<String> log) {
    return new FolderReader(settings, Collections.singletonList(null), log).read().get(0);
  }

  /** Reads both halves of each image: the left ones, then the right ones. */
  static List<DataSet> halves(ImageFolder settings, Consumer<String> log) {
    return new FolderReader(settings, Arrays.asList(Side.LEFT, Side.RIGHT), log).read();
  }

  /** The number of labels; empty if a file lies in no sub-folder. */
  static OptionalInt classes(ImageFolder settings) {
    FolderFiles files = FolderFiles.of(settings);
    return files.isLabelled() ? OptionalInt.of(files.classes().size()) : OptionalInt.empty();
  }

  private List<DataSet> read() {
    List<String> names = List.copyOf(files.images().keySet());
    long bytes =
        Heap.product(
            names.size(), sides.size(), settings.sampleShape().elements() + (long) Heap.ARRAY);
    Heap.require(
        files.root(),
        names.size() * sides.size() + " images of " + settings.sampleShape(),
        bytes,
        "a smaller size or ");
    files.notes().forEach(log);
    DecodingMemory memory = DecodingMemory.beside(bytes);
    List<byte[][]> images = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    Map<ImageNote, List<String>> notes = new EnumMap<>(ImageNote.class);
    long logged = System.nanoTime();
    // In chunks, so that the first broken file is reported without decoding all later ones.
    for (int start = 0; start < names.size(); start += CHUNK) {
      List<String> chunk = names.subList(start, Math.min(start + CHUNK, names.size()));
      Decoded[] decoded =
          IntStream.range(0, chunk.size())
              .parallel()
              .mapToObj(i -> decode(chunk.get(i), memory))
              .toArray(Decoded[]::new);
      for (int i = 0; i < decoded.length; i++) {
        String name = chunk.get(i);
        byte[][] parts = decoded[i].parts;
        if (parts != null) {
          images.add(parts);
          kept.add(name);
          decoded[i].notes.forEach(n -> notes.computeIfAbsent(n, x -> new ArrayList<>()).add(name));
        } else {
          skip(name, decoded[i].problem);
          skipped.add(name);
        }
      }
      if (System.nanoTime() - logged > LOG_EVERY.toNanos()) {
        logged = System.nanoTime();
        log.accept("decoded " + (start + chunk.size()) + " of " + names.size() + " images");
      }
    }
    notes.forEach((note, of) -> log.accept(note.about(files.root(), of.size(), of.get(0))));
    if (images.isEmpty()) {
      throw new DataException(files.root() + ": each of its " + names.size() + " images is broken");
    }
    return IntStream.range(0, sides.size())
        .<DataSet>mapToObj(part -> new NamedSamples(set(images, part, labels(kept)), kept, skipped))
        .toList();
  }

  private ByteSet set(List<byte[][]> images, int part, int @Nullable [] labels) {
    byte[][] pixels = images.stream().map(parts -> parts[part]).toArray(byte[][]::new);
    return new ByteSet(settings.sampleShape(), pixels, labels);
  }

  private void skip(String name, @Nullable String problem) {
    InputFile file = files.images().get(name);
    if (settings.onBroken() == BrokenImages.STOP) {
      throw new DataException(file + ": " + problem + " (onBroken: skip would leave it out)");
    }
    log.accept("skipped " + file + ": " + problem);
  }

  private Decoded decode(String name, DecodingMemory memory) {
    Set<ImageNote> notes = EncodedImage.noNotes();
    InputFile file = files.images().get(name);
    String problem = files.problem(name);
    if (problem != null || file == null) {
      return new Decoded(null, problem, notes);
    }
    try {
      EncodedImage image = EncodedImage.open(file);
      // The file itself, and what Java's reader keeps of it.
      long inHeap = image.bytesInHeap() + 2 * file.size();
      byte[][] parts =
          memory.with(image, inHeap, image.bytesBeyond(), () -> parts(image, file, notes));
      return new Decoded(parts, null, notes);
    } catch (IOException e) {
      boolean isOurs = e.getClass() == IOException.class && e.getMessage() != null;
      return new Decoded(null, isOurs ? e.getMessage() : "cannot be read: " + Reason.of(e), notes);
    }
  }

  private byte[][] parts(EncodedImage image, InputFile file, Set<ImageNote> notes)
      throws IOException {
    PixelRows rows = image.read(file, notes);
    if (sides.size() > 1 && rows.width() != 2L * rows.height()) {
      notes.add(ImageNote.NOT_TWICE_AS_WIDE);
    }
    ImageDecoder decoder = new ImageDecoder(settings.size(), settings.channels());
    byte[][] parts = new byte[sides.size()][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = decoder.decode(rows, sides.get(i));
    }
    return parts;
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
