package dev.sparring.data;

import dev.sparring.file.Reason;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the files of an {@link Npy}. */
final class NpySamples {
  private static final ValueRange BYTES = new ValueRange(0, 255);

  private final Npy settings;
  private final boolean isFolder;
  private final List<InputFile> files;

  /** Names of the files of a folder. */
  private final List<String> names;

  private final NpyFile first;

  /** The axes of one sample in the file. */
  private final int[] axes;

  /** Whether channels are last and must be moved to the front. */
  private final boolean channelsLast;

  private final Shape sampleShape;

  NpySamples(Npy settings) {
    this.settings = settings;
    InputFile path = InputFile.of(settings.path());
    isFolder = Files.isDirectory(path.path());
    SortedMap<String, InputFile> found = isFolder ? list(path) : new TreeMap<>();
    names = List.copyOf(found.keySet());
    files = isFolder ? List.copyOf(found.values()) : List.of(path);
    first = NpyFile.open(files.get(0));
    first.requireSamples();
    int from = isFolder ? 0 : 1;
    axes = first.dims.length < from ? new int[4] : tail(first.dims, from);
    if (axes.length > 3) {
      throw new DataException(
          first.path()
              + ": has the shape "
              + first.shape()
              + ", expected "
              + (isFolder
                  ? "one sample of up to 3 axes, as each file of a folder is"
                  : "samples in the first of 1 to 4 axes"));
    }
    channelsLast = axes.length == 3 && settings.layout() == Layout.CHANNELS_LAST;
    sampleShape =
        switch (axes.length) {
          case 0 -> Shape.of(1);
          case 1 -> Shape.of(axes);
          case 2 -> Shape.of(1, axes[0], axes[1]);
          default -> channelsLast ? Shape.of(axes[2], axes[0], axes[1]) : Shape.of(axes);
        };
  }

  Shape sampleShape() {
    return sampleShape;
  }

  DataSet read() {
    int samples = samples();
    int @Nullable [] labels = labels(samples);
    ValueReader.checkCount(settings.path(), samples, sampleShape);
    Heap.require(settings.path(), samples + " samples of " + sampleShape, memory(), "");
    DataSet data = areBytes() ? bytes(samples, labels) : floats(samples, labels);
    return isFolder ? new NamedSamples(data, names, List.of()) : data;
  }

  private int samples() {
    return isFolder ? files.size() : first.dims[0];
  }

  /** Bytes take a quarter of the memory of floats. */
  private boolean areBytes() {
    return first.isBytes() && (settings.range() == null || settings.range().equals(BYTES));
  }

  /** What all samples take in Java's memory. */
  long memory() {
    return areBytes()
        ? Heap.product(samples(), sampleShape.elements() + (long) Heap.ARRAY)
        : Heap.product(samples(), sampleShape.elements(), Float.BYTES);
  }

  private DataSet bytes(int samples, int @Nullable [] labels) {
    byte[][] images = new byte[samples][sampleShape.elements()];
    each((sample, element, value, file, index) -> images[sample][element] = (byte) (int) value);
    return new ByteSet(sampleShape, images, labels);
  }

  private DataSet floats(int samples, int @Nullable [] labels) {
    int elements = sampleShape.elements();
    float[] values = new float[samples * elements];
    ValueReader reader = new ValueReader(settings.range(), sampleShape.rank() == 3);
    each(
        (sample, element, value, file, index) -> {
          String problem = reader.problem(value);
          if (problem != null) {
            throw new DataException(file.place(index) + " is " + problem);
          }
          values[sample * elements + element] = reader.read(value);
        });
    return new FloatSet(sampleShape, values, labels);
  }

  private interface Target {
    void put(int sample, int element, double value, NpyFile file, long index);
  }

  private void each(Target target) {
    int elements = sampleShape.elements();
    int channels = sampleShape.dim(0);
    int pixels = elements / channels;
    for (int f = 0; f < files.size(); f++) {
      NpyFile file = f == 0 ? first : sameAsFirst(NpyFile.open(files.get(f)));
      int base = f;
      file.values(
          (index, value) -> {
            int sample = isFolder ? base : (int) (index / elements);
            int element = (int) (index % elements);
            int own = channelsLast ? element % channels * pixels + element / channels : element;
            target.put(sample, own, value, file, index);
          });
    }
  }

  private NpyFile sameAsFirst(NpyFile file) {
    if (!file.type.equals(first.type) || !Arrays.equals(file.dims, first.dims)) {
      throw new DataException(
          file.path()
              + ": holds "
              + file.typeName()
              + " of shape "
              + file.shape()
              + ", expected "
              + first.typeName()
              + " of shape "
              + first.shape()
              + " as "
              + first.path()
              + " does");
    }
    return file;
  }

  private int @Nullable [] labels(int samples) {
    if (settings.labels() == null) {
      return null;
    }
    int[] labels = NpyFile.open(InputFile.of(settings.labels())).labels();
    if (labels.length != samples) {
      throw new DataException(
          settings.labels()
              + ": has "
              + labels.length
              + " labels, expected one for each of the "
              + samples
              + " samples in "
              + settings.path());
    }
    return labels;
  }

  private static int[] tail(int[] dims, int from) {
    return Arrays.copyOfRange(dims, from, dims.length);
  }

  /** The files in order of their names. */
  private static SortedMap<String, InputFile> list(InputFile folder) {
    SortedMap<String, InputFile> files = new TreeMap<>();
    String start = InputFile.rawOf(folder.path()) + "/";
    try (Stream<Path> all = Files.list(folder.path())) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String name = InputFile.decoded(InputFile.rawOf(file).substring(start.length()));
        if (name.startsWith(".")
            || Files.isDirectory(file)
            || !name.toLowerCase(Locale.ROOT).endsWith(".npy")) {
          continue;
        }
        InputFile other = files.put(name, new InputFile(folder + "/" + name, file));
        if (other != null) {
          throw new DataException(other + ": two files have this name, which is not in UTF-8");
        }
      }
      if (files.isEmpty()) {
        throw new DataException(folder + ": has no .npy file");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(folder + ": cannot be listed: " + Reason.of(e), e);
    }
  }
}
