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
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Draws samples by their shape: images in a grid, points in a plane. */
public final class SamplePicture {
  /** Enough points to see a distribution. */
  private static final int POINTS = 2000;

  /** The largest number of classes that get a column each; more would make the samples small. */
  private static final int COLUMNS = 20;

  private SamplePicture() {}

  /**
   * Draws the picture of a training's current samples: always from the same noise, with the number
   * of images in the recipe's {@link dev.sparring.recipe.Output}.
   *
   * @return as {@link #draw(Sampler, Supplier, int, long)}
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
   * Draws samples. With classes, samples of the classes are drawn in turn, and up to 20 classes
   * have a column each. Every sample has its own noise, so that a column shows the variety in a
   * class. Images generated from images are drawn between their source and their target.
   *
   * @param data real points to draw under the generated ones; opened for points only
   * @param count number of samples
   * @param seed seed of their noise
   * @return empty if the samples are neither images of one or three channels nor points in a plane
   */
  public static Optional<BufferedImage> draw(
      Sampler sampler, Supplier<DataSet> data, int count, long seed) {
    return draw(sampler, data, count, seed, OptionalInt.empty());
  }

  /**
   * The same with a number of columns.
   *
   * @param columns images in a row; of images that are generated from images, the number of threes
   *     of a source, a generated image and a target; not used for points
   */
  public static Optional<BufferedImage> draw(
      Sampler sampler, Supplier<DataSet> data, int count, long seed, OptionalInt columns) {
    if (isImage(sampler.sampleShape()) && sampler.isFromImages()) {
      int across = columns.orElse((int) Math.ceil(Math.sqrt(count / 3.0)));
      return Optional.of(translations(sampler, count, seed, across));
    }
    int classes = sampler.classes().orElse(0);
    boolean inTurn = classes >= 2 && classes <= COLUMNS && count >= classes;
    int across = columns.orElse(inTurn ? classes : square(count));
    return draw(sampler, data, sampler.sample(count, seed), across);
  }

  /**
   * Draws samples of one class.
   *
   * @param label the class, from 0
   * @return as {@link #draw(Sampler, Supplier, int, long)}
   * @throws IllegalArgumentException if the generator has no such class
   */
  public static Optional<BufferedImage> drawClass(
      Sampler sampler, int label, Supplier<DataSet> data, int count, long seed) {
    return drawClass(sampler, label, data, count, seed, OptionalInt.empty());
  }

  /** The same with a number of columns. */
  public static Optional<BufferedImage> drawClass(
      Sampler sampler,
      int label,
      Supplier<DataSet> data,
      int count,
      long seed,
      OptionalInt columns) {
    float[] samples = sampler.sampleOf(label, count, seed);
    return draw(sampler, data, samples, columns.orElse(square(count)));
  }

  private static int square(int count) {
    return (int) Math.ceil(Math.sqrt(count));
  }

  /**
   * Draws generated samples, such as those of {@link Sampler#interpolate}.
   *
   * @param samples (count, ...) in row-major order
   * @param columns images in a row; not used for points
   * @return as {@link #draw(Sampler, Supplier, int, long)}
   */
  public static Optional<BufferedImage> draw(
      Sampler sampler, Supplier<DataSet> data, float[] samples, int columns) {
    Shape shape = sampler.sampleShape();
    if (isImage(shape)) {
      Shape batch = shape.batch(samples.length / shape.elements());
      return Optional.of(ImageGrid.of(samples, batch, columns));
    }
    if (isPoint(shape)) {
      return Optional.of(new Scatter(realPoints(data.get())).draw(samples));
    }
    return Optional.empty();
  }

  /**
   * Three images a row: source, generated, and the target (or, unpaired, some sample of the target
   * domain).
   */
  private static BufferedImage translations(Sampler sampler, int count, long seed, int across) {
    Shape source = sampler.inputShape();
    Shape sample = sampler.sampleShape();
    int channels = Math.max(source.dim(0), sample.dim(0));
    Shape shape = Shape.of(channels, sample.dim(1), sample.dim(2));
    float[] all = new float[3 * count * shape.elements()];
    put(all, 0, sampler.sources(count, seed), source, shape);
    put(all, 1, sampler.sample(count, seed), sample, shape);
    put(all, 2, sampler.targets(count, seed), sample, shape);
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

  /** Whether samples of a shape are images of one or three channels. */
  public static boolean isImage(Shape shape) {
    return shape.rank() == 3 && (shape.dim(0) == 1 || shape.dim(0) == 3);
  }

  private static boolean isPoint(Shape shape) {
    return shape.equals(Shape.of(2));
  }
}
