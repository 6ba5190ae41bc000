package dev.sparring.data;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns an image into a square of bytes, channel by channel.
 *
 * @param size height and width of the square
 * @param channels 1 for grey, 3 for colour
 */
record ImageDecoder(int size, int channels) {
  /**
   * Puts transparent pixels over white, resizes the shorter side to the size, and crops the middle
   * of the longer side.
   *
   * @param side the half of the image to take, or null for the whole image
   * @param notes receives that pixels are transparent
   * @return (channels, size, size)
   * @throws IOException if the image is too narrow to have halves
   */
  byte[] decode(PixelRows image, @Nullable Side side, Set<ImageNote> notes) throws IOException {
    int width = side == null ? image.width() : image.width() / 2;
    if (width < 1) {
      throw new IOException("is " + image.width() + " pixel wide and has no halves");
    }
    int left = side == Side.RIGHT ? image.width() - width : 0;
    int height = image.height();
    if (width == size && height == size) {
      return unchanged(image, left, notes);
    }
    int shorter = Math.min(width, height);
    Resampler rows = middle(height, (long) size * height / shorter);
    Resampler columns = middle(width, (long) size * width / shorter);
    Resizing planes = new Resizing(rows, columns, channels);
    int[] argb = new int[image.width()];
    double[][] row = new double[channels][width];
    for (int y = rows.first(); y < rows.last(); y++) {
      image.row(y, argb);
      split(argb, left, row, notes);
      planes.add(y, row);
    }
    byte[] result = new byte[channels * size * size];
    for (int c = 0; c < channels; c++) {
      double[] plane = planes.result(c);
      for (int i = 0; i < plane.length; i++) {
        result[c * plane.length + i] = (byte) Math.round(plane[i]);
      }
    }
    return result;
  }

  /** What resizing to the same size gives. */
  private byte[] unchanged(PixelRows image, int left, Set<ImageNote> notes) {
    int[] argb = new int[image.width()];
    double[][] row = new double[channels][size];
    byte[] result = new byte[channels * size * size];
    for (int y = 0; y < size; y++) {
      image.row(y, argb);
      split(argb, left, row, notes);
      for (int c = 0; c < channels; c++) {
        int at = (c * size + y) * size;
        for (int x = 0; x < size; x++) {
          result[at + x] = (byte) row[c][x];
        }
      }
    }
    return result;
  }

  /** The middle as torchvision's CenterCrop finds it: int(round(d / 2)), halves to even. */
  private Resampler middle(int from, long to) {
    return new Resampler(
        Resampler.Filter.LINEAR, from, to, (long) Math.rint((to - size) / 2.0), size);
  }

  private void split(int[] argb, int left, double[][] row, Set<ImageNote> notes) {
    boolean opaque = true;
    for (int x = 0; x < row[0].length; x++) {
      int pixel = argb[left + x];
      int alpha = pixel >>> 24;
      opaque &= alpha == 255;
      int r = overWhite(pixel >> 16 & 0xFF, alpha);
      int g = overWhite(pixel >> 8 & 0xFF, alpha);
      int b = overWhite(pixel & 0xFF, alpha);
      if (channels == 1) {
        // ITU-R 601-2 luma in fixed point, as in Pillow; grey values are unchanged.
        row[0][x] = (19595 * r + 38470 * g + 7471 * b + 0x8000) >> 16;
      } else {
        row[0][x] = r;
        row[1][x] = g;
        row[2][x] = b;
      }
    }
    if (!opaque) {
      notes.add(ImageNote.TRANSPARENT);
    }
  }

  private static int overWhite(int value, int alpha) {
    // A division for each number of an opaque image would take as long as its decoding.
    return alpha == 255 ? value : 255 - ((255 - value) * alpha + 127) / 255;
  }
}
