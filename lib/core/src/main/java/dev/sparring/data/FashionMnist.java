package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fashion-MNIST (Xiao, Rasul and Vollgraf, arXiv:1708.07747; MIT licence): grey images of clothes
 * in 10 classes, 60,000 to train and 10,000 to test; sample shape (1, 28, 28), bytes read as v /
 * 127.5 - 1.
 *
 * @param split the part of the data: {@code train} or {@code test}
 * @param folder the folder with the four IDX files, plain or .gz; null to search
 *     /usr/share/datasets/fashion-mnist (Debian's package dataset-fashion-mnist) and then the
 *     user's cache, into which they are downloaded if missing
 */
@Word("fashionMnist")
public record FashionMnist(Split split, @Nullable String folder) implements Data {
  /** Checks the folder's name. */
  public FashionMnist {
    if (folder != null) {
      Require.notBlank("folder", folder);
    }
  }

  /** The training part, from the usual places. */
  @Defaults
  public static FashionMnist fashionMnist() {
    return new FashionMnist(Split.TRAIN, null);
  }

  /** The same with another part. */
  public FashionMnist split(Split split) {
    return new FashionMnist(split, folder);
  }

  /** The same from a folder, or from the usual places for null. */
  public FashionMnist folder(@Nullable String folder) {
    return new FashionMnist(split, folder);
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(1, 28, 28);
  }

  @Override
  public OptionalInt classes() {
    return OptionalInt.of(10);
  }

  @Override
  public OptionalLong memory() {
    return OptionalLong.of(
        Heap.product(split == Split.TEST ? 10_000 : 60_000, sampleShape().elements() + Heap.ARRAY));
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    return open(FashionFiles.standard(folder, System.getenv()), log);
  }

  DataSet open(FashionFiles files, Consumer<String> log) {
    FashionFiles.Found found = files.find(split, log);
    DataSet data = Idx.read(InputFile.of(found.images()), InputFile.of(found.labels()));
    if (!data.sampleShape().equals(sampleShape())) {
      throw new DataException(
          found.images() + ": has images of " + data.sampleShape() + ", expected " + sampleShape());
    }
    return data;
  }
}
