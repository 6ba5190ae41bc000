package dev.sparring.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;
import java.util.Locale;

/**
 * Draws on a picture's pixels, without Java2D's graphics: it needs a display if DISPLAY is set and
 * installed fonts for text, and servers have neither. It also makes pictures have the same pixels
 * on every machine.
 */
final class Canvas {
  /** For values that are not finite; used for nothing else. */
  static final int NOT_FINITE = 0xFF00FF;

  private static final int GLYPH_WIDTH = 3;
  private static final int GLYPH_HEIGHT = 5;
  private static final String GLYPHS = "0123456789-.definostuabcghjklmpqrvwxyz/=,:+()_?";

  // Five rows of three pixels each; each row is an octal digit, with the highest bit on the left.
  private static final int[] BITS = {
    075557, 026227, 071747, 071717, 055711, 074717, 074757, 071244, 075757, 075717, 000700, 000002,
    011757, 075747, 034744, 020222, 006555, 007557, 003636, 027223, 005557, 025755, 044757, 007447,
    034553, 044755, 010157, 045655, 044447, 057755, 075744, 075711, 007444, 055552, 055775, 055255,
    055222, 071247, 011244, 007070, 000024, 002020, 002720, 012221, 042224, 000007, 071202
  };

  final BufferedImage picture;
  private final int[] pixels;
  private final int width;
  private final int height;

  Canvas(int width, int height, int rgb) {
    this.width = width;
    this.height = height;
    picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    Arrays.fill(pixels, rgb);
  }

  /** Fills a rectangle, clipped to the picture. */
  void rectangle(int left, int top, int columns, int rows, int rgb) {
    for (int y = Math.max(top, 0); y < Math.min(top + rows, height); y++) {
      for (int x = Math.max(left, 0); x < Math.min(left + columns, width); x++) {
        pixels[y * width + x] = rgb;
      }
    }
  }

  /**
   * Draws a disc with a soft edge.
   *
   * @param x of its centre in pixels; the first pixel reaches from 0 to 1
   * @param y of its centre in pixels, downwards
   * @param opacity from 0 to 1
   */
  void disc(double x, double y, double radius, int rgb, double opacity) {
    int reach = (int) Math.ceil(radius + 0.5);
    for (int py = (int) y - reach; py <= (int) y + reach; py++) {
      for (int px = (int) x - reach; px <= (int) x + reach; px++) {
        double distance = Math.sqrt(square(px + 0.5 - x) + square(py + 0.5 - y));
        double covered = Math.max(0, Math.min(1, radius + 0.5 - distance));
        if (px >= 0 && px < width && py >= 0 && py < height && covered > 0) {
          int i = py * width + px;
          pixels[i] = blend(pixels[i], rgb, covered * opacity);
        }
      }
    }
  }

  private static double square(double v) {
    return v * v;
  }

  private static int blend(int under, int over, double opacity) {
    int result = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int u = under >> shift & 0xFF;
      int o = over >> shift & 0xFF;
      result |= (int) Math.round(u + (o - u) * opacity) << shift;
    }
    return result;
  }

  /** Text of characters that can be drawn: small letters, and a question mark for others. */
  static String drawable(String text) {
    StringBuilder drawable = new StringBuilder();
    text.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(c -> drawable.append(c == ' ' || GLYPHS.indexOf(c) >= 0 ? (char) c : '?'));
    return drawable.toString();
  }

  /** Draws text of the characters in GLYPHS, magnified by a scale; others are blanks. */
  void text(int left, int top, String text, int scale, int rgb) {
    for (int k = 0; k < text.length(); k++) {
      int glyph = GLYPHS.indexOf(text.charAt(k));
      for (int i = 0; glyph >= 0 && i < GLYPH_WIDTH * GLYPH_HEIGHT; i++) {
        if ((BITS[glyph] >> (GLYPH_WIDTH * GLYPH_HEIGHT - 1 - i) & 1) == 1) {
          int x = left + (k * (GLYPH_WIDTH + 1) + i % GLYPH_WIDTH) * scale;
          rectangle(x, top + i / GLYPH_WIDTH * scale, scale, scale, rgb);
        }
      }
    }
  }

  static int textWidth(String text, int scale) {
    return (text.length() * (GLYPH_WIDTH + 1) - 1) * scale;
  }

  static int textHeight(int scale) {
    return GLYPH_HEIGHT * scale;
  }
}
