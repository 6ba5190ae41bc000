package dev.sparring.data;

import dev.sparring.file.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decodes the files of a folder, each by itself; several threads may use it at once. */
final class FileDecoder {
  /** A decoded image, one array for each part of it, or why it could not be decoded. */
  static final class Decoded {
    final byte @Nullable [][] parts;
    final @Nullable String problem;
    final Set<ImageNote> notes;

    private Decoded(byte @Nullable [][] parts, @Nullable String problem, Set<ImageNote> notes) {
      this.parts = parts;
      this.problem = problem;
      this.notes = notes;
    }
  }

  private final List<@Nullable Side> sides;
  private final ImageDecoder decoder;
  private final FolderFiles files;
  private final DecodingMemory memory;

  /**
   * Decodes files as settings say.
   *
   * @param sides the parts of an image, null for the whole
   * @param memory what images take while they are decoded
   */
  FileDecoder(
      ImageFolder settings, List<@Nullable Side> sides, FolderFiles files, DecodingMemory memory) {
    this.sides = sides;
    this.files = files;
    this.memory = memory;
    decoder = new ImageDecoder(settings.size(), settings.channels());
  }

  /** Decodes the file of a name in the folder. */
  Decoded decode(String name) {
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

  /** The file of a name, for messages. */
  String shown(String name) {
    return files.root() + "/" + name;
  }

  private byte[][] parts(EncodedImage image, InputFile file, Set<ImageNote> notes)
      throws IOException {
    PixelRows rows = image.read(file, notes);
    if (sides.size() > 1 && rows.width() != 2L * rows.height()) {
      notes.add(ImageNote.NOT_TWICE_AS_WIDE);
    }
    byte[][] parts = new byte[sides.size()][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = decoder.decode(rows, sides.get(i), notes);
    }
    return parts;
  }
}
