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
   * Draws samples; where images are made from images, each between its source and what belongs to
   * that.
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
    if (isImage(shape) && sampler.isFromImages()) {
      return Optional.of(translations(sampler, count, seed));
    }
    if (isImage(shape)) {
      return Optional.of(ImageGrid.of(sampler.sample(count, seed), shape.batch(count)));
    }
    if (isPoint(shape)) {
      return Optional.of(new Scatter(realPoints(data.get())).draw(sampler.sample(count, seed)));
    }
    return Optional.empty();
  }

  /** Rows of threes: the source, what was made of it, and what belongs to it or is of its kind. */
  private static BufferedImage translations(Sampler sampler, int count, long seed) {
    Shape source = sampler.inputShape();
    Shape sample = sampler.sampleShape();
    int channels = Math.max(source.dim(0), sample.dim(0));
    Shape shape = Shape.of(channels, sample.dim(1), sample.dim(2));
    float[] all = new float[3 * count * shape.elements()];
    put(all, 0, sampler.sources(count, seed), source, shape);
    put(all, 1, sampler.sample(count, seed), sample, shape);
    put(all, 2, sampler.targets(count, seed), sample, shape);
    int across = (int) Math.ceil(Math.sqrt(count / 3.0));
    return ImageGrid.of(all, shape.batch(3 * count), 3 * across);
  }

  /** Copies images to every third place; grey ones are repeated for each colour. */
  private static void put(float[] all, int place, float[] images, Shape from, Shape to) {
    int plane = to.dim(1) * to.dim(2);
    int count = images.length / from.elements();
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < to.dim(0); c++) {
        System.arraycopy(
            images,
            i * from.elements() + Math.min(c, from.dim(0) - 1) * plane,
            all,
            (3 * i + place) * to.elements() + c * plane,
            plane);
      }
    }
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
