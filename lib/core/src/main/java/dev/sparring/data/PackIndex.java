package dev.sparring.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a pack knows about its images.
 *
 * @param stamp of the folder when they were decoded
 * @param elements bytes of a part of an image
 * @param fingerprints of each part's data set
 * @param skipped places of broken files among all
 * @param notes what is to be said about the images
 * @param sums CRC-32C of each image, for each part
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of images, compared with nothing
record PackIndex(
    String stamp,
    int elements,
    List<String> fingerprints,
    int[] skipped,
    Map<ImageNote, ImageNote.Found> notes,
    int[][] sums) {
  private static final String OTHER = "has an index that is none of images";

  int parts() {
    return fingerprints.size();
  }

  /** The number of images. */
  int size() {
    return sums[0].length;
  }

  /** Bytes of an image with all of its parts. */
  long each() {
    return (long) parts() * elements;
  }

  byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(stamp);
      out.writeInt(elements);
      out.writeInt(parts());
      for (String fingerprint : fingerprints) {
        out.writeUTF(fingerprint);
      }
      ints(out, skipped);
      out.writeInt(notes.size());
      for (Map.Entry<ImageNote, ImageNote.Found> note : notes.entrySet()) {
        out.writeUTF(note.getKey().name());
        out.writeInt(note.getValue().count());
        out.writeUTF(note.getValue().first());
      }
      for (int[] part : sums) {
        ints(out, part);
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote; the caller has checked its SHA-256.
   *
   * @throws IOException if it is something else
   */
  static PackIndex decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String stamp = in.readUTF();
      int elements = in.readInt();
      int parts = in.readInt();
      if (parts < 1 || parts > Side.values().length) {
        throw other();
      }
      List<String> fingerprints = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        fingerprints.add(in.readUTF());
      }
      int[] skipped = ints(in);
      Map<ImageNote, ImageNote.Found> notes = new EnumMap<>(ImageNote.class);
      for (int left = in.readInt(); left > 0; left--) {
        ImageNote note = ImageNote.valueOf(in.readUTF());
        notes.put(note, new ImageNote.Found(in.readInt(), in.readUTF()));
      }
      int[][] sums = new int[parts][];
      for (int i = 0; i < parts; i++) {
        sums[i] = ints(in);
        if (sums[i].length != sums[0].length) {
          throw other();
        }
      }
      return new PackIndex(stamp, elements, fingerprints, skipped, notes, sums);
    } catch (IllegalArgumentException e) {
      // A note that this version does not know.
      throw new IOException(OTHER, e);
    }
  }

  private static IOException other() {
    return new IOException(OTHER);
  }

  private static void ints(DataOutputStream out, int[] values) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  private static int[] ints(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available() / Integer.BYTES) {
      throw other();
    }
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readInt();
    }
    return values;
  }
}
