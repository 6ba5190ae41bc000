package dev.sparring.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a PNG or JPEG file into a square of bytes, channel by channel.
 *
 * <p>Pixel values are taken as they are stored, as Pillow does: colour profiles and EXIF
 * orientation are ignored. (Java's getRGB would brighten grey images, because it treats them as
 * linear light.)
 *
 * @param size height and width of the square
 * @param channels 1 for grey, 3 for colour
 * @param side the half of the image to decode, or null for the whole image
 */
record ImageDecoder(int size, int channels, @Nullable Side side) {
  /** Planes of red, green and blue, or of grey. */
  private static final class Planes {
    private final int width;
    private final byte[][] planes;

    private Planes(int width, byte[][] planes) {
      this.width = width;
      this.planes = planes;
    }
  }

  /**
   * Decodes a file: puts transparent pixels over white, resizes the shorter side to the size, and
   * crops the middle of the longer side.
   *
   * @return (channels, size, size)
   * @throws IOException if the file is no PNG or JPEG, is damaged, or is a JPEG in CMYK
   */
  byte[] decode(byte[] file) throws IOException {
    Planes image = planes(half(read(file)));
    int width = image.width;
    int height = image.planes[0].length / width;
    int shorter = Math.min(width, height);
    int newWidth = (int) ((long) size * width / shorter);
    int newHeight = (int) ((long) size * height / shorter);
    Resampler rows = middle(height, newHeight);
    Resampler columns = middle(width, newWidth);
    byte[] result = new byte[channels * size * size];
    for (int c = 0; c < channels; c++) {
      double[] plane = Resampler.resize(image.planes[c], width, rows, columns);
      for (int i = 0; i < plane.length; i++) {
        result[c * plane.length + i] = (byte) Math.round(plane[i]);
      }
    }
    return result;
  }

  private BufferedImage half(BufferedImage image) throws IOException {
    if (side == null) {
      return image;
    }
    int width = image.getWidth() / 2;
    if (width < 1) {
      throw new IOException("is " + image.getWidth() + " pixel wide and has no halves");
    }
    int left = side == Side.LEFT ? 0 : image.getWidth() - width;
    return image.getSubimage(left, 0, width, image.getHeight());
  }

  private Resampler middle(int from, int to) {
    return new Resampler(Resampler.Filter.LINEAR, from, to, (to - size) / 2, size);
  }

  private static BufferedImage read(byte[] file) throws IOException {
    boolean png = file.length > 1 && (file[0] & 0xFF) == 0x89 && file[1] == 'P';
    boolean jpeg = file.length > 1 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xD8;
    if (!png && !jpeg) {
      throw new IOException(file.length == 0 ? "is empty" : "is neither PNG nor JPEG inside");
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName(png ? "png" : "jpeg").next();
    List<String> warnings = new ArrayList<>();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
      // For a truncated JPEG the reader throws no exception: it fills the rest with grey and
      // reports this warning.
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      BufferedImage image = reader.read(0);
      for (String warning : warnings) {
        if (warning.startsWith("Truncated") || warning.startsWith("Corrupt")) {
          throw new IOException("is damaged: " + warning);
        }
      }
      if (jpeg && image.getRaster().getNumBands() == 4) {
        throw new IOException("is a JPEG in CMYK, expected RGB or grey");
      }
      return image;
    } catch (IIOException e) {
      throw new IOException("is damaged: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // Readers throw exceptions such as IndexOutOfBoundsException for some damaged files.
      throw new IOException("is damaged: " + e, e);
    } finally {
      reader.dispose();
    }
  }

  private Planes planes(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[][] planes = new byte[channels][width * height];
    int[] argb = new int[width];
    for (int y = 0; y < height; y++) {
      row(image, y, argb);
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        int alpha = argb[x] >>> 24;
        int r = overWhite(argb[x] >> 16 & 0xFF, alpha);
        int g = overWhite(argb[x] >> 8 & 0xFF, alpha);
        int b = overWhite(argb[x] & 0xFF, alpha);
        if (channels == 1) {
          // ITU-R 601-2 luma in fixed point, as in Pillow; grey values are unchanged.
          planes[0][i] = (byte) ((19595 * r + 38470 * g + 7471 * b + 0x8000) >> 16);
        } else {
          planes[0][i] = (byte) r;
          planes[1][i] = (byte) g;
          planes[2][i] = (byte) b;
        }
      }
    }
    return new Planes(width, planes);
  }

  private static int overWhite(int value, int alpha) {
    return 255 - ((255 - value) * alpha + 127) / 255;
  }

  /** One row as stored, with 8 bits for each of alpha, red, green and blue. */
  private static void row(BufferedImage image, int y, int[] argb) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int[] samples = raster.getPixels(0, y, argb.length, 1, (int[]) null);
    int max = (1 << model.getComponentSize(0)) - 1;
    for (int x = 0; x < argb.length; x++) {
      if (model instanceof IndexColorModel palette) {
        argb[x] = palette.getRGB(samples[x]);
        continue;
      }
      for (int b = 0; b < bands; b++) {
        int i = x * bands + b;
        samples[i] = max == 255 ? samples[i] : (int) ((samples[i] * 255L + max / 2) / max);
      }
      int at = x * bands;
      int green = bands < 3 ? at : at + 1;
      int blue = bands < 3 ? at : at + 2;
      int alpha = bands % 2 == 0 ? samples[at + bands - 1] : 255;
      argb[x] = alpha << 24 | samples[at] << 16 | samples[green] << 8 | samples[blue];
    }
  }
}
