package dev.sparring.data;

import dev.sparring.data.FileDecoder.Decoded;
import dev.sparring.file.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Images of a folder of which not all are in memory: the others are read from a pack, or decoded
 * again each time. Which are in memory never changes: as each epoch reads every image once in
 * another order, no other choice would be found there more often.
 */
final class StreamedImages {
  private final List<String> names;
  private final byte[] @Nullable [][] kept;
  private final int[][] sums;
  private final FileDecoder decoder;
  private final @Nullable ImagePack pack;
  private final Consumer<String> log;
  private final AtomicBoolean isDamaged = new AtomicBoolean();

  /**
   * Images that are whole.
   *
   * @param names of their files
   * @param kept those in memory; null elements for the others
   * @param sums checksums, for each part
   */
  StreamedImages(
      List<String> names,
      byte[] @Nullable [][] kept,
      int[][] sums,
      FileDecoder decoder,
      @Nullable ImagePack pack,
      Consumer<String> log) {
    this.names = names;
    this.kept = kept;
    this.sums = sums;
    this.decoder = decoder;
    this.pack = pack;
    this.log = log;
  }

  List<String> names() {
    return names;
  }

  /**
   * A part of an image; callers must not change it. Several threads may ask at once.
   *
   * @throws DataException if its file has changed or cannot be decoded any more
   */
  byte[] image(int index, int part) {
    byte[][] images = kept[index];
    if (images != null) {
      return images[part];
    }
    if (pack != null && !isDamaged.get()) {
      try {
        return pack.read(index, part);
      } catch (IOException e) {
        damaged(pack, e);
      }
    }
    return decoded(index, part);
  }

  /** A damaged pack is not used any more, and removed, so that the next start writes another. */
  private void damaged(ImagePack from, IOException e) {
    if (isDamaged.compareAndSet(false, true)) {
      log.accept(
          from.file() + ": " + Reason.of(e) + "; images are decoded again when they are due");
      try {
        Files.deleteIfExists(from.file());
      } catch (IOException stays) {
        log.accept(Reason.line(stays, from.file(), "cannot be removed"));
      }
    }
  }

  private byte[] decoded(int index, int part) {
    String name = names.get(index);
    Decoded decoded = decoder.decode(name);
    if (decoded.parts == null) {
      throw new DataException(
          decoder.shown(name) + ": " + decoded.problem + "; it was whole when it was opened");
    }
    byte[] image = decoded.parts[part];
    if (ImagePack.sum(image) != sums[part][index]) {
      throw new DataException(
          decoder.shown(name)
              + ": has other pixels than when the data was opened; bring it back and resume, or"
              + " train anew");
    }
    return image;
  }
}
