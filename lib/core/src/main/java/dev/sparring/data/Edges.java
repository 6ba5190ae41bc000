package dev.sparring.data;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Pairs computed from images: the source of each image is a grey drawing of its edges, black (-1)
 * on white (1), of the image's size. The task is that of pix2pix's edges-to-shoes
 * (arXiv:1611.07004, section 4), with a simpler edge detector than HED, which is used there.
 *
 * <p>A pixel is an edge if the gradient of the mean over channels is longer than the threshold. The
 * gradient is computed by Sobel's two 3x3 kernels divided by 8, with border pixels repeated. For
 * values from -1 to 1 it is at most 1 along each axis.
 *
 * @param of the data with the images
 * @param threshold least length of the gradient at an edge, from 0 to 1
 */
@Word("edges")
public record Edges(Data of, double threshold) implements Data {
  /** Checks the threshold. */
  public Edges {
    Require.share("threshold", threshold);
  }

  /** Threshold 0.25. */
  @Defaults
  public static Edges edges(Data of) {
    return new Edges(of, 0.25);
  }

  /** The same with another threshold. */
  public Edges threshold(double threshold) {
    return new Edges(of, threshold);
  }

  @Override
  public Shape sampleShape() {
    return of.sampleShape();
  }

  @Override
  public OptionalInt classes() {
    return of.classes();
  }

  @Override
  public Optional<Shape> sourceShape() {
    return Optional.of(drawing(of.sampleShape()));
  }

  private static Shape drawing(Shape image) {
    if (image.rank() != 3) {
      throw new DataException("edges are drawn of images (C, H, W), got samples of " + image);
    }
    return Shape.of(1, image.dim(1), image.dim(2));
  }

  @Override
  public OptionalLong memory() {
    return of.memory();
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    DataSet images = of.open(seed, log);
    return new PairSet(images, new Drawings(images, threshold), true);
  }

  /** The edges of images. */
  private record Drawings(DataSet images, double threshold) implements DataSet {
    @Override
    public Shape sampleShape() {
      return drawing(images.sampleShape());
    }

    @Override
    public int size() {
      return images.size();
    }

    @Override
    public void read(int index, float[] target, int offset) {
      float[] image = new float[images.sampleShape().elements()];
      images.read(index, image, 0);
      draw(image, target, offset);
    }

    @Override
    public void read(int index, RandomStream random, float[] target, int offset) {
      float[] image = new float[images.sampleShape().elements()];
      images.read(index, random, image, 0);
      draw(image, target, offset);
    }

    @Override
    public boolean varies() {
      return images.varies();
    }

    private void draw(float[] image, float[] target, int offset) {
      int height = sampleShape().dim(1);
      int width = sampleShape().dim(2);
      double[][] grey = grey(image, height, width);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          double across = 0;
          double down = 0;
          for (int d = -1; d <= 1; d++) {
            int weight = d == 0 ? 2 : 1;
            across += weight * (at(grey, y + d, x + 1) - at(grey, y + d, x - 1));
            down += weight * (at(grey, y + 1, x + d) - at(grey, y - 1, x + d));
          }
          boolean edge = Math.sqrt(across * across + down * down) / 8 > threshold;
          target[offset + y * width + x] = edge ? -1 : 1;
        }
      }
    }

    private double[][] grey(float[] image, int height, int width) {
      int channels = images.sampleShape().dim(0);
      double[][] grey = new double[height][width];
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            grey[y][x] += image[(c * height + y) * width + x] / (double) channels;
          }
        }
      }
      return grey;
    }

    private static double at(double[][] grey, int y, int x) {
      int row = Math.max(0, Math.min(grey.length - 1, y));
      return grey[row][Math.max(0, Math.min(grey[row].length - 1, x))];
    }

    @Override
    public boolean isStreamed() {
      return images.isStreamed();
    }

    @Override
    public OptionalInt label(int index) {
      return images.label(index);
    }

    @Override
    public String fingerprint() {
      return Fingerprint.of("edges " + threshold, images.fingerprint());
    }
  }
}
