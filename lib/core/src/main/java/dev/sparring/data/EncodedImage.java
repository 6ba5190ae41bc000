package dev.sparring.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A PNG or JPEG file whose header is read. */
interface EncodedImage {
  /** The largest number of pixels that is decoded: a few kilobytes can claim billions. */
  long MAX_PIXELS = 1L << 28;

  int width();

  int height();

  /** Bytes in Java's memory that decoding takes beside the file itself. */
  long bytesInHeap();

  /** Bytes outside of Java's memory that decoding takes. */
  long bytesBeyond();

  /**
   * Decodes the file.
   *
   * @param notes receives what was found and is not an error
   * @throws IOException if the file is damaged
   */
  PixelRows read(InputFile file, Set<ImageNote> notes) throws IOException;

  /**
   * Reads the header, whatever the file's name ends with.
   *
   * @throws IOException if the file is no PNG or JPEG, or is one that is not read
   */
  static EncodedImage open(InputFile file) throws IOException {
    EncodedImage image;
    try (InputStream raw = file.open();
        BufferedInputStream in = new BufferedInputStream(raw)) {
      in.mark(64);
      byte[] start = in.readNBytes(64);
      in.reset();
      if (PngFile.isPng(start)) {
        image = PngFile.header(in);
      } else if (JpegFile.isJpeg(start)) {
        image = JpegFile.header(in);
      } else {
        throw new IOException(kind(start));
      }
    }
    long pixels = (long) image.width() * image.height();
    if (pixels > MAX_PIXELS) {
      throw new IOException(
          "is "
              + image.width()
              + " x "
              + image.height()
              + " pixels, more than the "
              + MAX_PIXELS
              + " that are decoded");
    }
    return image;
  }

  /** What a file that is neither PNG nor JPEG is. */
  private static String kind(byte[] start) {
    if (start.length == 0) {
      return "is empty";
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("GIF8", "a GIF");
    kinds.put("BM", "a BMP");
    kinds.put("II*\0", "a TIFF");
    kinds.put("MM\0*", "a TIFF");
    kinds.put("version https://git-lfs", "a pointer of Git LFS (git lfs pull would fetch it)");
    kinds.put("<", "text with tags, as a page of HTML or an SVG");
    for (Map.Entry<String, String> kind : kinds.entrySet()) {
      if (text.startsWith(kind.getKey())) {
        return "is neither PNG nor JPEG inside, but " + kind.getValue();
      }
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return "is neither PNG nor JPEG inside, but a WebP";
    }
    if (text.startsWith("ftyp", 4)) {
      return "is neither PNG nor JPEG inside, but a HEIC, an AVIF or a video";
    }
    return "is neither PNG nor JPEG inside";
  }

  /** A fresh set of notes. */
  static Set<ImageNote> noNotes() {
    return EnumSet.noneOf(ImageNote.class);
  }
}
