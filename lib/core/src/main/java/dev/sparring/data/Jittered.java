package dev.sparring.data;

import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Random crops: each reading in training takes another part of an image and may mirror it. Outside
 * training the middle is taken, not mirrored. A source is changed like its sample. Pix2pix crops
 * 286 x 286 pixels to 256 x 256 (arXiv:1611.07004, section 6.2).
 *
 * @param of the data with the images, at least {@code size} x {@code size} pixels
 * @param size height and width of the crop in pixels
 * @param flip whether crops are mirrored left to right, each with probability 1/2
 */
@Word("jittered")
public record Jittered(Data of, int size, boolean flip) implements Data {
  /** Checks the size. */
  public Jittered {
    Require.atLeast("size", size, 1);
  }

  /** With mirroring. */
  @Defaults
  public static Jittered jittered(Data of, int size) {
    return new Jittered(of, size, true);
  }

  /** The same with or without mirror images. */
  public Jittered flip(boolean flip) {
    return new Jittered(of, size, flip);
  }

  @Override
  public Shape sampleShape() {
    return seen(of.sampleShape(), size);
  }

  @Override
  public OptionalInt classes() {
    return of.classes();
  }

  @Override
  public Optional<Shape> sourceShape() {
    return of.sourceShape().map(source -> seen(source, size));
  }

  @Override
  public boolean isPaired() {
    return of.isPaired();
  }

  private static Shape seen(Shape whole, int size) {
    if (whole.rank() != 3 || whole.dim(1) < size || whole.dim(2) < size) {
      throw new DataException(
          "jittered images of " + size + " x " + size + " are parts of larger ones, got " + whole);
    }
    return Shape.of(whole.dim(0), size, size);
  }

  @Override
  public OptionalLong memory() {
    return of.memory();
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    DataSet whole = of.open(seed, log);
    DataSet parts = new Parts(whole, size, flip);
    return whole
        .sources()
        .<DataSet>map(
            sources -> new PairSet(parts, new Parts(sources, size, flip), whole.isPaired()))
        .orElse(parts);
  }

  /** Crops of images. */
  private record Parts(DataSet whole, int size, boolean flip) implements DataSet {
    @Override
    public Shape sampleShape() {
      return seen(whole.sampleShape(), size);
    }

    @Override
    public int size() {
      return whole.size();
    }

    @Override
    public boolean varies() {
      return true;
    }

    @Override
    public void read(int index, float[] target, int offset) {
      float[] image = new float[whole.sampleShape().elements()];
      whole.read(index, image, 0);
      int top = (whole.sampleShape().dim(1) - size) / 2;
      int left = (whole.sampleShape().dim(2) - size) / 2;
      copy(image, top, left, false, target, offset);
    }

    @Override
    public void read(int index, RandomStream random, float[] target, int offset) {
      // Draws its own numbers first, so that source and sample get the same ones.
      double down = random.uniform();
      double right = random.uniform();
      boolean mirrored = random.uniform() < 0.5 && flip;
      float[] image = new float[whole.sampleShape().elements()];
      whole.read(index, random, image, 0);
      int top = (int) (down * (whole.sampleShape().dim(1) - size + 1));
      int left = (int) (right * (whole.sampleShape().dim(2) - size + 1));
      copy(image, top, left, mirrored, target, offset);
    }

    private void copy(
        float[] image, int top, int left, boolean mirrored, float[] target, int offset) {
      int height = whole.sampleShape().dim(1);
      int width = whole.sampleShape().dim(2);
      int at = offset;
      for (int c = 0; c < whole.sampleShape().dim(0); c++) {
        for (int y = 0; y < size; y++) {
          int row = (c * height + top + y) * width + left;
          for (int x = 0; x < size; x++) {
            target[at++] = image[row + (mirrored ? size - 1 - x : x)];
          }
        }
      }
    }

    @Override
    public boolean isStreamed() {
      return whole.isStreamed();
    }

    @Override
    public OptionalInt label(int index) {
      return whole.label(index);
    }

    @Override
    public String name(int index) {
      return whole.name(index);
    }

    @Override
    public List<String> skipped() {
      return whole.skipped();
    }

    @Override
    public String fingerprint() {
      return Fingerprint.of("parts " + size + (flip ? " mirrored" : ""), whole.fingerprint());
    }
  }
}
