package dev.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.Resampler.Filter;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against Pillow 9.4.0: Image.new("F", (7, 5)) with these pixels, resized. */
class ResamplerTest {
  private static final int WIDTH = 7;
  private static final int HEIGHT = 5;

  private static byte[] pixels() {
    byte[] pixels = new byte[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        pixels[y * WIDTH + x] = (byte) ((x * 37 + y * 91 + x * y * 17) % 256);
      }
    }
    return pixels;
  }

  private static double[] resized(Filter filter, int width, int height) {
    return Resampler.resize(
        pixels(),
        WIDTH,
        new Resampler(filter, HEIGHT, height, 0, height),
        new Resampler(filter, WIDTH, width, 0, width));
  }

  @Test
  void linearShrinksAsPillowDoes() {
    double[] pillow = {
      62.1973, 131.1143, 133.6057, 171.8027, 155.5291, 143.0844, 134.9156, 92.672, 113.2177,
      124.4971, 90.7143, 144.3469
    };
    assertArrayEquals(pillow, resized(Filter.LINEAR, 4, 3), 1e-3);
  }

  @Test
  void cubicShrinksAsPillowDoes() {
    double[] pillow = {
      56.9757, 136.3999, 133.8473, 174.6, 160.6873, 148.5165, 136.9596, 82.7834, 113.4474, 123.6845,
      85.4569, 148.187
    };
    assertArrayEquals(pillow, resized(Filter.CUBIC, 4, 3), 1e-3);
  }

  @Test
  void bothEnlargeAsPillowDoes() {
    double[] linear = {0.0, 24.6667, 53.4444, 82.2222, 111.0, 139.7778, 168.5556, 197.3333, 222.0};
    double[] cubic = {
      -8.2415, 15.1736, 45.1296, 72.6022, 100.7823, 143.8202, 175.8664, 204.8116, 228.2268
    };
    assertArrayEquals(linear, Arrays.copyOf(resized(Filter.LINEAR, 9, 8), 9), 1e-3);
    assertArrayEquals(cubic, Arrays.copyOf(resized(Filter.CUBIC, 9, 8), 9), 1e-3);
  }

  @Test
  void equalSizeChangesNothing() {
    byte[] pixels = pixels();
    double[] same = IntStream.range(0, pixels.length).mapToDouble(i -> pixels[i] & 0xFF).toArray();
    assertArrayEquals(same, resized(Filter.LINEAR, WIDTH, HEIGHT));
    assertArrayEquals(same, resized(Filter.CUBIC, WIDTH, HEIGHT));
  }

  @Test
  void aPartIsThatPartOfTheWhole() {
    Resampler rows = new Resampler(Filter.LINEAR, HEIGHT, 3, 0, 3);
    double[] part =
        Resampler.resize(pixels(), WIDTH, rows, new Resampler(Filter.LINEAR, WIDTH, 4, 1, 2));
    double[] whole = resized(Filter.LINEAR, 4, 3);
    assertArrayEquals(
        new double[] {whole[1], whole[2], whole[5], whole[6], whole[9], whole[10]}, part);
  }

  /** The same bits as of a plane in memory. */
  @Test
  void rowsMayComeOneByOne() {
    for (Filter filter : Filter.values()) {
      for (int[] size : new int[][] {{4, 3}, {9, 8}, {1, 1}, {7, 5}, {2, 60}}) {
        for (int cut = 0; cut < Math.min(2, Math.min(size[0], size[1])); cut++) {
          Resampler rows = new Resampler(filter, HEIGHT, size[1], cut, size[1] - cut);
          Resampler columns = new Resampler(filter, WIDTH, size[0], cut, size[0] - cut);
          double[] plane = Resampler.resize(pixels(), WIDTH, rows, columns);
          for (int planes : new int[] {1, 3}) {
            Resizing streamed = new Resizing(rows, columns, planes);
            for (int y = rows.first(); y < rows.last(); y++) {
              streamed.add(y, row(y, planes));
            }
            for (int i = 0; i < planes; i++) {
              // Multiples by a power of two have the same bits but for the exponent.
              double[] multiple = streamed.result(i);
              for (int k = 0; k < plane.length; k++) {
                assertEquals(plane[k] * (1 << i), multiple[k], 0.0);
              }
            }
          }
        }
      }
    }
  }

  /** A row of planes, each twice the one before. */
  private static double[][] row(int y, int planes) {
    double[][] row = new double[planes][WIDTH];
    for (int i = 0; i < planes; i++) {
      for (int x = 0; x < WIDTH; x++) {
        row[i][x] = (pixels()[y * WIDTH + x] & 0xFF) * (1 << i);
      }
    }
    return row;
  }
}
