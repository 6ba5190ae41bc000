package dev.sparring.run;

import dev.sparring.data.DataSet;
import dev.sparring.image.ImageGrid;
import dev.sparring.image.Png;
import dev.sparring.image.Scatter;
import dev.sparring.network.Sampler;
import dev.sparring.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Draws samples in the form that suits their shape: images in a grid, points in a plane. */
public final class SamplePicture {
  /** Enough points to see a distribution; a picture of points is no grid to be counted. */
  private static final int POINTS = 2000;

  private SamplePicture() {}

  /**
   * Writes a picture. Samples that are neither images of one or three channels nor points in a
   * plane cannot be drawn, and nothing is written.
   *
   * @param data real points to draw behind the made ones
   * @param count how many images; points are always 2,000
   */
  static void write(Sampler sampler, DataSet data, int count, long seed, Path file)
      throws IOException {
    Shape shape = sampler.sampleShape();
    if (isPoint(shape)) {
      int real = Math.min(POINTS, data.size());
      float[] points = new float[2 * real];
      for (int i = 0; i < real; i++) {
        data.read(i, points, 2 * i);
      }
      save(new Scatter(points).draw(sampler.sample(POINTS, seed)), file);
    } else if (isImage(shape)) {
      save(images(sampler, count, seed), file);
    }
  }

  /** Whether samples of that shape are images that can be drawn. */
  public static boolean isImage(Shape shape) {
    return shape.rank() == 3 && (shape.dim(0) == 1 || shape.dim(0) == 3);
  }

  /** Whether samples of that shape are points in a plane. */
  public static boolean isPoint(Shape shape) {
    return shape.equals(Shape.of(2));
  }

  private static BufferedImage images(Sampler sampler, int count, long seed) {
    return ImageGrid.of(sampler.sample(count, seed), sampler.sampleShape().batch(count));
  }

  private static void save(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Png.write(image, file);
  }
}
