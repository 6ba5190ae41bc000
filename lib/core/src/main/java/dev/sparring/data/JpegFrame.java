package dev.sparring.data;

import java.io.IOException;

/**
 * The frame header of a JPEG file.
 *
 * @param channels 1 for grey, 3 for colour, 4 for inks
 * @param isProgressive whether the picture comes in several scans, each finer than the last
 * @param isLumaAndChroma whether colours are stored as luma and chroma
 */
record JpegFrame(
    int width, int height, int channels, boolean isProgressive, boolean isLumaAndChroma) {
  /** The transform of files without a segment of Adobe's. */
  static final int NO_ADOBE = -1;

  private static final int PROGRESSIVE = 0xC2;

  /**
   * Reads the header. Which colours are stored is decided as libjpeg does.
   *
   * @param marker of the segment
   * @param isJfif whether the file says that it is JFIF
   * @param adobe the transform in Adobe's segment, or NO_ADOBE
   */
  static JpegFrame of(int marker, byte[] frame, boolean isJfif, int adobe) throws IOException {
    if (marker > PROGRESSIVE) {
      throw new IOException(
          "is a JPEG that is "
              + (marker > 0xC8 ? "arithmetic-coded" : "lossless or hierarchical")
              + ", expected one with Huffman codes");
    }
    if (frame.length < 6 || frame.length != 6 + 3 * (frame[5] & 0xFF)) {
      throw JpegFile.damaged("its header has " + frame.length + " bytes");
    }
    if (frame[0] != 8) {
      throw new IOException("is a JPEG of " + (frame[0] & 0xFF) + " bits a sample, expected 8");
    }
    int height = ((frame[1] & 0xFF) << 8) | (frame[2] & 0xFF);
    int width = ((frame[3] & 0xFF) << 8) | (frame[4] & 0xFF);
    int channels = frame[5] & 0xFF;
    if (width == 0 || height == 0) {
      throw JpegFile.damaged("its header claims " + width + " x " + height + " pixels");
    }
    if (channels != 1 && channels != 3 && channels != 4) {
      throw new IOException("is a JPEG of " + channels + " channels, expected 1, 3 or 4");
    }
    boolean isLuma = channels == 3 ? isYcc(frame, isJfif, adobe) : adobe > 0;
    return new JpegFrame(width, height, channels, marker == PROGRESSIVE, channels > 1 && isLuma);
  }

  private static boolean isYcc(byte[] frame, boolean isJfif, int adobe) {
    if (isJfif || adobe > NO_ADOBE) {
      return isJfif || adobe != 0;
    }
    return frame[6] != 'R' || frame[9] != 'G' || frame[12] != 'B';
  }
}
