package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The data of a recipe. A data record says where samples come from and in which form; {@link #open}
 * reads them.
 *
 * <p><b>Write your own.</b> {@link InMemory} makes a data set of arrays. For instance points on a
 * spiral:
 *
 * <pre>{@code
 * record Spiral(int points) implements Data {
 *   public Shape sampleShape() {
 *     return Shape.of(2);
 *   }
 *
 *   public DataSet open(Seed seed, Consumer<String> log) {
 *     RandomStream random = seed.stream("spiral");
 *     double[][] rows = new double[points][];
 *     for (int i = 0; i < points; i++) {
 *       double turn = 6 * random.uniform();
 *       rows[i] = new double[] {turn * Math.cos(turn) / 6, turn * Math.sin(turn) / 6};
 *     }
 *     return InMemory.points(rows).open(seed, log);
 *   }
 * }
 * }</pre>
 */
public interface Data {
  /**
   * The data of a program that has its own {@link DataSet}, for instance one that reads samples on
   * demand. So a recipe says what it is trained on, and nothing stands in for it:
   *
   * <pre>{@code
   * Recipe recipe = Gan.named("faces").data(Data.of(faces))...
   * Training.of(recipe, engine).run();
   * }</pre>
   *
   * <p>Arrays are simpler with {@link InMemory}. Neither has a text form: a recipe with it can be
   * trained, but not written as YAML or JSON.
   *
   * @param set labels are looked at, all of them: there are as many classes as the largest label
   *     says, or none if a sample has no label
   */
  static Data of(DataSet set) {
    return GivenData.of(set);
  }

  /**
   * The shape of one sample, without reading more than a file's header.
   *
   * @throws DataException if the files that decide the shape cannot be read
   */
  Shape sampleShape();

  /**
   * The number of classes, without reading more than {@link #sampleShape} does; empty if there are
   * no labels.
   *
   * @throws DataException if the files that decide it cannot be read
   */
  default OptionalInt classes() {
    return OptionalInt.empty();
  }

  /**
   * The shape of one source where images are generated from images; empty for data without sources.
   *
   * @throws DataException if the files that decide it cannot be read
   */
  default Optional<Shape> sourceShape() {
    return Optional.empty();
  }

  /**
   * Both shapes.
   *
   * @throws DataException if the files that decide them cannot be read
   */
  default DataShapes form() {
    return new DataShapes(sampleShape(), sourceShape());
  }

  /** Whether each sample belongs to a source. */
  default boolean isPaired() {
    return sourceShape().isPresent();
  }

  /**
   * The bytes of Java's memory that the opened data takes, without reading more than {@link
   * #sampleShape} does; empty if the number of samples is only known when they are read. Image
   * folders take at most a quarter of that memory.
   *
   * @throws DataException if the files that decide it cannot be read
   */
  default OptionalLong memory() {
    return OptionalLong.empty();
  }

  /**
   * Opens the data.
   *
   * @param seed seed of synthetic data; other data ignores it
   * @param log receives a line when something takes long or is skipped, such as a download or a
   *     broken image
   * @throws DataException if the data is missing or damaged; the message lists all places that were
   *     tried
   */
  DataSet open(Seed seed, Consumer<String> log);
}
