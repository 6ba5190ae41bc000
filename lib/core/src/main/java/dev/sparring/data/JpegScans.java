package dev.sparring.data;

import java.io.IOException;

/** The scans of a JPEG file. */
final class JpegScans {
  /** More are of no use: a small file of thousands takes hours to decode. */
  private static final int MAX = 500;

  private JpegScans() {}

  /**
   * Looks for the end marker.
   *
   * @param rest the file from its first scan on
   * @param pixels the number of pixels in the header
   * @throws IOException if it is cut off, so that a part of the picture is missing
   */
  static void check(byte[] rest, long pixels) throws IOException {
    // A bit is the least for a block of 8 x 8 samples, of which the coarsest channel has a 16th.
    if (pixels / (8 * 8 * 16 * 8) > rest.length) {
      throw JpegFile.damaged("it has too few bytes for the pixels that its header claims");
    }
    int scans = 0;
    for (int i = 0; i + 1 < rest.length; i++) {
      if ((rest[i] & 0xFF) != 0xFF) {
        continue;
      }
      int marker = rest[i + 1] & 0xFF;
      if (marker == 0xD9) {
        return;
      }
      if (marker == 0xDA && ++scans > MAX) {
        throw JpegFile.damaged("it has more than " + MAX + " scans");
      }
      boolean hasLength = marker >= 0xC0 && marker < 0xFF && (marker < 0xD0 || marker > 0xD7);
      if (hasLength && i + 3 < rest.length) {
        i += 1 + (((rest[i + 2] & 0xFF) << 8) | (rest[i + 3] & 0xFF));
      }
    }
    throw JpegFile.damaged("it ends before its end marker");
  }
}
