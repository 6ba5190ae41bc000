package dev.sparring.run;

import dev.sparring.data.DataSet;
import dev.sparring.image.ImageGrid;
import dev.sparring.image.Png;
import dev.sparring.image.Scatter;
import dev.sparring.network.Sampler;
import dev.sparring.tensor.Shape;
import dev.sparring.train.Training;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Draws samples in the form that suits their shape: images in a grid, points in a plane. */
public final class SamplePicture {
  /** Enough points to see a distribution; a picture of points is no grid to be counted. */
  private static final int POINTS = 2000;

  private SamplePicture() {}

  /**
   * Draws the picture that a run keeps of a training as it is now: always of the same noise, and as
   * many images as the recipe's {@link dev.sparring.recipe.Output} says.
   *
   * @return as {@link #draw}
   */
  public static Optional<BufferedImage> of(Training training) {
    Sampler sampler = training.sampler();
    int images = training.recipe().output().sampleCount();
    int count = isPoint(sampler.sampleShape()) ? POINTS : images;
    return draw(sampler, training::data, count, training.recipe().train().seed());
  }

  /** Writes {@link #of} if the samples can be drawn, and nothing otherwise. */
  static void write(Training training, Path file) throws IOException {
    Optional<BufferedImage> picture = of(training);
    if (picture.isPresent()) {
      Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
      Png.write(picture.get(), file);
    }
  }

  /**
   * Draws samples.
   *
   * @param data real points to draw behind the made ones; opened for points only
   * @param count how many samples
   * @param seed draws their noise
   * @return empty where the samples are neither images of one or three channels nor points in a
   *     plane
   */
  public static Optional<BufferedImage> draw(
      Sampler sampler, Supplier<DataSet> data, int count, long seed) {
    Shape shape = sampler.sampleShape();
    if (isImage(shape)) {
      return Optional.of(ImageGrid.of(sampler.sample(count, seed), shape.batch(count)));
    }
    if (isPoint(shape)) {
      return Optional.of(new Scatter(realPoints(data.get())).draw(sampler.sample(count, seed)));
    }
    return Optional.empty();
  }

  private static float[] realPoints(DataSet data) {
    int count = Math.min(POINTS, data.size());
    float[] points = new float[2 * count];
    for (int i = 0; i < count; i++) {
      data.read(i, points, 2 * i);
    }
    return points;
  }

  private static boolean isImage(Shape shape) {
    return shape.rank() == 3 && (shape.dim(0) == 1 || shape.dim(0) == 3);
  }

  private static boolean isPoint(Shape shape) {
    return shape.equals(Shape.of(2));
  }
}
