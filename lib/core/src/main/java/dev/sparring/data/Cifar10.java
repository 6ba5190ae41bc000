package dev.sparring.data;

import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * CIFAR-10 (A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009) in its
 * binary version: colour images in 10 classes, 50,000 to train and 10,000 to test; sample shape (3,
 * 32, 32), bytes read as v / 127.5 - 1.
 *
 * @param folder the folder with data_batch_1.bin to data_batch_5.bin and test_batch.bin, or its
 *     parent folder, where the archive cifar-10-binary.tar.gz was unpacked
 * @param split the part of the data: {@code train} or {@code test}
 */
@Word("cifar10")
public record Cifar10(String folder, Split split) implements Data {
  private static final Shape SHAPE = Shape.of(3, 32, 32);
  private static final String ARCHIVE_FOLDER = "cifar-10-batches-bin";
  private static final int CLASSES = 10;
  private static final int IMAGES_A_FILE = 10_000;

  /** Checks the folder's name. */
  public Cifar10 {
    Require.notBlank("folder", folder);
  }

  /** The training part. */
  @Defaults
  public static Cifar10 cifar10(String folder) {
    return new Cifar10(folder, Split.TRAIN);
  }

  /** The same from another folder. */
  public Cifar10 folder(String folder) {
    return new Cifar10(folder, split);
  }

  /** The same with another part. */
  public Cifar10 split(Split split) {
    return new Cifar10(folder, split);
  }

  @Override
  public Shape sampleShape() {
    return SHAPE;
  }

  @Override
  public OptionalInt classes() {
    return OptionalInt.of(CLASSES);
  }

  @Override
  public OptionalLong memory() {
    return OptionalLong.of(
        Heap.product(
            split == Split.TEST ? 1 : 5, IMAGES_A_FILE, SHAPE.elements() + (long) Heap.ARRAY));
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    Path given = InputFile.of(folder).path();
    Path below = given.resolve(ARCHIVE_FOLDER);
    return read(Files.isDirectory(below) ? below : given, IMAGES_A_FILE);
  }

  /** Reads the split's files, each with this number of images. */
  DataSet read(Path from, int imagesAFile) {
    List<String> names =
        split == Split.TEST
            ? List.of("test_batch.bin")
            : List.of(
                "data_batch_1.bin",
                "data_batch_2.bin",
                "data_batch_3.bin",
                "data_batch_4.bin",
                "data_batch_5.bin");
    byte[][] images = new byte[names.size() * imagesAFile][];
    int[] labels = new int[images.length];
    for (int i = 0; i < names.size(); i++) {
      read(from.resolve(names.get(i)), images, labels, i * imagesAFile, imagesAFile);
    }
    return new ByteSet(SHAPE, images, labels);
  }

  private static void read(Path file, byte[][] images, int[] labels, int start, int count) {
    Optional<String> problem = RegularFile.problem(file);
    if (problem.isPresent()) {
      throw new DataException(
          file + ": " + problem.get() + "; expected the binary version of CIFAR-10, unpacked");
    }
    // A label of one byte, then the red, green and blue plane.
    long expected = (1L + SHAPE.elements()) * count;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      if (Files.size(file) != expected) {
        throw new DataException(
            file + ": has " + Files.size(file) + " bytes, expected " + expected);
      }
      for (int i = start; i < start + count; i++) {
        labels[i] = in.read();
        if (labels[i] >= CLASSES) {
          throw new DataException(
              file + ": image " + (i - start) + " has label " + labels[i] + ", expected 0 to 9");
        }
        images[i] = in.readNBytes(SHAPE.elements());
        if (labels[i] < 0 || images[i].length < SHAPE.elements()) {
          throw new DataException(file + ": truncated while it was read");
        }
      }
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + Reason.of(e), e);
    }
  }
}
