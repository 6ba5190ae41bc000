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
 * Arrays saved by NumPy: a .npy file with all samples, or a folder with one .npy file for each
 * sample.
 *
 * <p>The first axis of a single file is the index of samples. The other axes are one sample: none
 * or one for a point, two for a grey image (height, width), three for an image with channels, whose
 * position {@code layout} gives. In a folder each file is one sample; files are sorted by name.
 *
 * <p>Values are float32, float64 or uint8, in C order, little-endian (versions 1.0 to 3.0 of the
 * format). Bytes are read as v / 127.5 - 1, like image files. Floats are used as they are; those of
 * images must be in [-1, 1] unless {@code range} is given. Values that are not finite are errors.
 *
 * @param path path of the file or folder
 * @param layout whether channels are the first or the last axis of an image
 * @param range the range of values that is mapped to [-1, 1], or null for floats as they are and
 *     bytes from 0 to 255
 * @param labels path of a .npy file with the class of each sample, whole numbers from 0 in one
 *     axis; null for no labels
 */
@Word("npy")
public record Npy(String path, Layout layout, @Nullable ValueRange range, @Nullable String labels)
    implements Data {
  /** Checks the names. */
  public Npy {
    Require.notBlank("path", path);
    if (labels != null) {
      Require.notBlank("labels", labels);
    }
  }

  /** Channels first, values as they are, no labels. */
  @Defaults
  public static Npy npy(String path) {
    return new Npy(path, Layout.CHANNELS_FIRST, null, null);
  }

  /** The same from another file or folder. */
  public Npy path(String path) {
    return new Npy(path, layout, range, labels);
  }

  /** The same with channels elsewhere. */
  public Npy layout(Layout layout) {
    return new Npy(path, layout, range, labels);
  }

  /** The same with a range that is mapped to [-1, 1], or values as they are for null. */
  public Npy range(@Nullable ValueRange range) {
    return new Npy(path, layout, range, labels);
  }

  /** The same with labels from a file, or without for null. */
  public Npy labels(@Nullable String labels) {
    return new Npy(path, layout, range, labels);
  }

  @Override
  public Shape sampleShape() {
    return new NpySamples(this).sampleShape();
  }

  @Override
  public OptionalInt classes() {
    return labels == null
        ? OptionalInt.empty()
        : OptionalInt.of(
            1 + Arrays.stream(NpyFile.open(InputFile.of(labels)).labels()).max().orElse(0));
  }

  @Override
  public OptionalLong memory() {
    return OptionalLong.of(new NpySamples(this).memory());
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    return new NpySamples(this).read();
  }
}
