package dev.sparring.data;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A JPEG file (ITU-T T.81). Only the segments that decide about pixels reach Java's reader, so that
 * no colour profile can change them. How colours are stored is told to it in words: where nothing
 * says so, its guess is another than that of libjpeg and of Pillow.
 */
final class JpegFile implements EncodedImage {
  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int MAX_SEGMENTS = 1 << 20;

  private final JpegFrame frame;
  private final byte[] segments;
  private final long scans;
  private final Set<ImageNote> headerNotes;

  /**
   * A file whose header is read.
   *
   * @param frame what the header says
   * @param segments the segments before the first scan, without those of applications
   * @param scans where the first scan starts in the file
   * @param headerNotes what was found in the header
   */
  private JpegFile(JpegFrame frame, byte[] segments, long scans, Set<ImageNote> headerNotes) {
    this.frame = frame;
    this.segments = segments;
    this.scans = scans;
    this.headerNotes = headerNotes;
  }

  static boolean isJpeg(byte[] start) {
    return start.length > 1 && (start[0] & 0xFF) == 0xFF && (start[1] & 0xFF) == START;
  }

  /** Reads all before the first scan. */
  static JpegFile header(InputStream stream) throws IOException {
    try {
      return new JpegHeader(new DataInputStream(stream)).read();
    } catch (EOFException e) {
      throw damaged("it ends before its pixels", e);
    }
  }

  static IOException damaged(String how, Exception... cause) {
    return new IOException("is damaged: " + how, cause.length > 0 ? cause[0] : null);
  }

  @Override
  public int width() {
    return frame.width();
  }

  @Override
  public int height() {
    return frame.height();
  }

  @Override
  public long bytesInHeap() {
    return Heap.product(width(), height(), frame.channels());
  }

  /** The coefficients of a progressive file are kept until its last scan. */
  @Override
  public long bytesBeyond() {
    return frame.isProgressive() ? 2 * bytesInHeap() : 0;
  }

  @Override
  public PixelRows read(InputFile file, Set<ImageNote> notes) throws IOException {
    notes.addAll(headerNotes);
    List<InputStream> parts = new ArrayList<>();
    parts.add(new ByteArrayInputStream(start()));
    parts.add(new ByteArrayInputStream(segments));
    try (InputStream in = file.open()) {
      in.skipNBytes(scans);
      byte[] rest = in.readAllBytes();
      JpegScans.check(rest, (long) width() * height());
      parts.add(new ByteArrayInputStream(rest));
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    List<String> warnings = new ArrayList<>();
    try {
      reader.setInput(
          new MemoryCacheImageInputStream(new SequenceInputStream(Collections.enumeration(parts))),
          true,
          true);
      // For truncated files the reader throws no exception: it fills the rest with grey and
      // reports a warning.
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      PixelRows rows = rows(reader);
      for (String warning : warnings) {
        if (warning.startsWith("Corrupt") && warning.endsWith("before marker 0xd9")) {
          notes.add(ImageNote.STRAY);
        } else if (warning.startsWith("Truncated") || warning.startsWith("Corrupt")) {
          throw damaged(warning);
        }
      }
      return rows;
    } catch (IOException | RuntimeException e) {
      if (e.getMessage() != null && e.getMessage().startsWith("is damaged")) {
        throw e;
      }
      // Readers throw exceptions such as IndexOutOfBoundsException for some damaged files.
      throw damaged(Damage.reason(e), e);
    } finally {
      reader.dispose();
    }
  }

  private PixelRows rows(ImageReader reader) throws IOException {
    if (frame.channels() < 4) {
      return PixelRows.of(reader.read(0));
    }
    Raster raster = reader.readRaster(0, null);
    return new CmykRows(raster, frame.isLumaAndChroma());
  }

  /** The start of a file with a segment that says how colours are stored. */
  private byte[] start() throws IOException {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.write(new byte[] {(byte) 0xFF, (byte) START, (byte) 0xFF});
    if (frame.channels() == 1 || (frame.channels() == 3 && frame.isLumaAndChroma())) {
      start.write(
          new byte[] {(byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
    } else {
      int transform = frame.isLumaAndChroma() ? 2 : 0;
      start.write(new byte[] {(byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0});
      start.write(transform);
    }
    return start.toByteArray();
  }

  /** The segments before the first scan, one after the other. */
  private static final class JpegHeader {
    private final DataInputStream in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Set<ImageNote> notes = EncodedImage.noNotes();
    private long at;
    private boolean isJfif;
    private int adobe = JpegFrame.NO_ADOBE;
    private byte[] frame = {};
    private int frameMarker;

    private JpegHeader(DataInputStream in) {
      this.in = in;
    }

    private JpegFile read() throws IOException {
      in.readNBytes(2);
      at = 2;
      while (true) {
        int marker = marker();
        if (marker == SCAN) {
          if (frameMarker == 0) {
            throw damaged("it has no header before its pixels");
          }
          return new JpegFile(
              JpegFrame.of(frameMarker, frame, isJfif, adobe), kept.toByteArray(), at - 2, notes);
        }
        if (marker == START || marker == END) {
          throw damaged(marker == END ? "it ends before its pixels" : "it has two start markers");
        }
        if (marker != 0x01 && (marker < 0xD0 || marker > 0xD7)) {
          segment(marker);
        }
      }
    }

    private int marker() throws IOException {
      int last = next();
      while (true) {
        if (last == 0xFF) {
          int code = next();
          while (code == 0xFF) {
            code = next();
          }
          if (code != 0) {
            return code;
          }
        }
        notes.add(ImageNote.STRAY);
        last = next();
      }
    }

    private int next() throws IOException {
      at++;
      return in.readUnsignedByte();
    }

    private void segment(int marker) throws IOException {
      int length = in.readUnsignedShort();
      if (length < 2) {
        throw damaged("it has a segment of " + length + " bytes");
      }
      byte[] contents = new byte[length - 2];
      in.readFully(contents);
      at += length;
      boolean isFrame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (isFrame) {
        if (frameMarker != 0) {
          throw damaged("it has two headers");
        }
        frameMarker = marker;
        frame = contents;
      }
      if (marker == 0xE0 && contents.length >= 12 && startsWith(contents, "JFIF\0")) {
        isJfif = true;
      } else if (marker == 0xEE && contents.length >= 12 && startsWith(contents, "Adobe")) {
        adobe = contents[11] & 0xFF;
      } else if (marker == 0xE1 && startsWith(contents, "Exif\0\0")) {
        byte[] tiff = java.util.Arrays.copyOfRange(contents, 6, contents.length);
        if (ExifOrientation.isTurned(tiff)) {
          notes.add(ImageNote.ORIENTED);
        }
      }
      if ((marker < 0xE0 || marker > 0xEF) && marker != 0xFE) {
        kept.write(new byte[] {(byte) 0xFF, (byte) marker, (byte) (length >> 8), (byte) length});
        kept.write(contents);
        if (kept.size() > MAX_SEGMENTS) {
          throw damaged("its tables take more than " + MAX_SEGMENTS + " bytes");
        }
      }
    }

    private static boolean startsWith(byte[] contents, String text) {
      return contents.length >= text.length()
          && new String(contents, 0, text.length(), java.nio.charset.StandardCharsets.ISO_8859_1)
              .equals(text);
    }
  }
}
