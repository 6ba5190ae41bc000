package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Grey images in the IDX format of MNIST, plain or packed with gzip; sample shape (1, rows,
 * columns), bytes read as v / 127.5 - 1.
 *
 * @param images the file with the images: unsigned bytes in 3 dimensions
 * @param labels the file with the labels: unsigned bytes in 1 dimension; null for no labels
 */
@Word("idx")
public record Idx(String images, @Nullable String labels) implements Data {
  /** Checks the names. */
  public Idx {
    Require.notBlank("images", images);
    if (labels != null) {
      Require.notBlank("labels", labels);
    }
  }

  /** Images without labels. */
  @Defaults
  public static Idx idx(String images) {
    return new Idx(images, null);
  }

  /** The same with other images. */
  public Idx images(String images) {
    return new Idx(images, labels);
  }

  /** The same with labels from a file, or without for null. */
  public Idx labels(@Nullable String labels) {
    return new Idx(images, labels);
  }

  @Override
  public Shape sampleShape() {
    int[] dims = new IdxFile(InputFile.of(images)).imageHeader();
    return Shape.of(1, dims[1], dims[2]);
  }

  @Override
  public OptionalInt classes() {
    return labels == null
        ? OptionalInt.empty()
        : OptionalInt.of(
            1 + Arrays.stream(new IdxFile(InputFile.of(labels)).labels()).max().orElse(0));
  }

  @Override
  public OptionalLong memory() {
    int[] dims = new IdxFile(InputFile.of(images)).imageHeader();
    return OptionalLong.of(Heap.product(dims[0], (long) dims[1] * dims[2] + Heap.ARRAY));
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    return read(InputFile.of(images), labels == null ? null : InputFile.of(labels));
  }

  static DataSet read(InputFile imageFile, @Nullable InputFile labelFile) {
    IdxFile.Images images = new IdxFile(imageFile).images();
    int @Nullable [] labels = labelFile == null ? null : new IdxFile(labelFile).labels();
    int count = images.pixels.length;
    if (labels != null && labels.length != count) {
      throw new DataException(
          labelFile
              + ": has "
              + labels.length
              + " labels, expected one for each of the "
              + count
              + " images in "
              + imageFile);
    }
    return new ByteSet(Shape.of(1, images.height, images.width), images.pixels, labels);
  }
}
