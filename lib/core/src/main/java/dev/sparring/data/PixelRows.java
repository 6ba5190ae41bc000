package dev.sparring.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Pixels as they are stored, row by row. */
interface PixelRows {
  int width();

  int height();

  /** Writes one row, with 8 bits for each of alpha, red, green and blue. */
  void row(int y, int[] argb);

  /**
   * The rows of an image. Its colour space is not asked for: Java's getRGB would brighten grey
   * images, because it treats them as linear light.
   */
  static PixelRows of(BufferedImage image) {
    return new OfImage(image.getRaster(), image.getColorModel());
  }

  /** Rows of grey, colour or palette. */
  final class OfImage implements PixelRows {
    private final Raster raster;
    private final ColorModel model;
    private final int max;
    private final int[] samples;

    private OfImage(Raster raster, ColorModel model) {
      this.raster = raster;
      this.model = model;
      max = (1 << model.getComponentSize(0)) - 1;
      samples = new int[raster.getNumBands() * raster.getWidth()];
    }

    @Override
    public int width() {
      return raster.getWidth();
    }

    @Override
    public int height() {
      return raster.getHeight();
    }

    @Override
    public void row(int y, int[] argb) {
      int bands = raster.getNumBands();
      raster.getPixels(0, y, width(), 1, samples);
      if (model instanceof IndexColorModel palette) {
        for (int x = 0; x < width(); x++) {
          argb[x] = palette.getRGB(samples[x]);
        }
        return;
      }
      if (max != 255) {
        for (int i = 0; i < samples.length; i++) {
          samples[i] = (int) ((samples[i] * 255L + max / 2) / max);
        }
      }
      for (int x = 0; x < width(); x++) {
        int at = x * bands;
        int green = bands < 3 ? at : at + 1;
        int blue = bands < 3 ? at : at + 2;
        int alpha = bands % 2 == 0 ? samples[at + bands - 1] : 255;
        argb[x] = alpha << 24 | samples[at] << 16 | samples[green] << 8 | samples[blue];
      }
    }
  }
}
