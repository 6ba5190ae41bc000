package dev.sparring.data;

import dev.sparring.file.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens the images of an {@link ImageFolder}: those that were decoded before from their pack,
 * others by a {@link FirstPass}.
 */
final class FolderReader {
  private final OpenFolder folder;
  private final PackFolder packs;
  private final PackReader reader;

  private FolderReader(OpenFolder folder, PackFolder packs) {
    this.folder = folder;
    this.packs = packs;
    reader = new PackReader(folder);
  }

  /** Reads whole images. */
  static DataSet read(ImageFolder settings, Consumer<String> log) {
    return read(settings, FolderLimits.standard(), PackFolder.standard(System.getenv()), log);
  }

  static DataSet read(
      ImageFolder settings, FolderLimits limits, PackFolder packs, Consumer<String> log) {
    return new FolderReader(
            new OpenFolder(settings, Collections.singletonList(null), limits, log), packs)
        .read()
        .get(0);
  }

  /** Reads both halves of each image: the left ones, then the right ones. */
  static List<DataSet> halves(ImageFolder settings, Consumer<String> log) {
    return halves(settings, FolderLimits.standard(), PackFolder.standard(System.getenv()), log);
  }

  static List<DataSet> halves(
      ImageFolder settings, FolderLimits limits, PackFolder packs, Consumer<String> log) {
    return new FolderReader(
            new OpenFolder(settings, Arrays.asList(Side.LEFT, Side.RIGHT), limits, log), packs)
        .read();
  }

  /** The number of labels; empty if a file lies in no sub-folder. */
  static OptionalInt classes(ImageFolder settings) {
    FolderFiles files = FolderFiles.of(settings);
    return files.isLabelled() ? OptionalInt.of(files.classes().size()) : OptionalInt.empty();
  }

  private List<DataSet> read() {
    Heap.require(
        folder.files.root(),
        "images of " + folder.settings.sampleShape(),
        4 * folder.each,
        "a smaller size or ");
    folder.files.notes().forEach(folder.log);
    FolderStamp stamp = packs.keeps() ? FolderStamp.of(folder.files) : null;
    if (stamp == null || !isWorthKeeping(stamp)) {
      return decode(null, null);
    }
    Path file = packs.file(folder.files, folder.settings, folder.sides);
    List<DataSet> there = reader.read(file, stamp);
    if (there != null) {
      return there;
    }
    try {
      return packs.holding(
          file,
          () ->
              folder.log.accept(
                  folder.files.root() + ": another one is decoding its images; waiting"),
          () -> {
            List<DataSet> meanwhile = reader.read(file, stamp);
            return meanwhile != null ? meanwhile : decode(file, stamp);
          });
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      folder.log.accept(PackFolder.cannotKeep(file, Reason.of(e)));
      return decode(null, null);
    }
  }

  private boolean isWorthKeeping(FolderStamp stamp) {
    return folder.names.size() >= folder.limits.files()
        || stamp.bytes() >= folder.limits.fileBytes()
        || folder.isMoreThan(folder.limits.memory());
  }

  /** Decodes all files, into a pack if there is a file for one. */
  private List<DataSet> decode(@Nullable Path file, @Nullable FolderStamp stamp) {
    long memory = Math.max(folder.limits.small(), folder.limits.memory());
    FileDecoder decoder =
        folder.decoder(Math.min(memory, Heap.product(folder.names.size(), folder.each)));
    if (file == null || stamp == null) {
      return decode(decoder, null, null, memory);
    }
    try (PackWriter writer =
        new PackWriter(
            file, folder.names.size(), folder.sides.size(), folder.elements(), folder.log)) {
      stamp.settle();
      return decode(decoder, writer, stamp, memory);
    } catch (InterruptedIOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<DataSet> decode(
      FileDecoder decoder, @Nullable PackWriter writer, @Nullable FolderStamp stamp, long memory) {
    FirstPass pass = new FirstPass(folder, decoder, writer, memory).run(folder::skip, folder.log);
    if (pass.whole().isEmpty()) {
      throw new DataException(
          folder.files.root() + ": each of its " + folder.names.size() + " images is broken");
    }
    folder.say(pass.notes());
    byte[] @Nullable [][] kept = pass.kept();
    int[] labels = folder.labels(pass.whole());
    StreamedImages again =
        new StreamedImages(pass.whole(), kept, pass.sums(), decoder, null, folder.log);
    List<String> prints =
        pass.fingerprints(labels, i -> again(i, kept[i] == null ? writer : null, again));
    PackIndex index =
        new PackIndex(
            stamp == null ? "" : stamp.digest(),
            folder.elements(),
            prints,
            pass.skipped(),
            pass.notes(),
            pass.sums());
    ImagePack pack = writer == null ? null : finished(writer, index);
    return folder.sets(pass.whole(), kept, index, decoder, pack);
  }

  /** An image that was decoded a moment ago. */
  private byte[][] again(int index, @Nullable PackWriter writer, StreamedImages images) {
    byte[][] written = writer == null ? null : writer.read(index);
    if (written != null) {
      return written;
    }
    return IntStream.range(0, folder.sides.size())
        .mapToObj(part -> images.image(index, part))
        .toArray(byte[][]::new);
  }

  private @Nullable ImagePack finished(PackWriter writer, PackIndex index) {
    if (!writer.finish(index)) {
      return null;
    }
    Path file = packs.file(folder.files, folder.settings, folder.sides);
    folder.log.accept(
        folder.files.root()
            + ": its decoded images are kept for later starts, "
            + OpenFolder.megabytes(index)
            + " in "
            + file
            + " (sparring cache clear images removes it, "
            + PackFolder.VARIABLE
            + "=false keeps none)");
    try {
      return ImagePack.open(file);
    } catch (IOException e) {
      folder.log.accept(file + ": " + Reason.of(e) + "; images are decoded when they are due");
      return null;
    }
  }
}
