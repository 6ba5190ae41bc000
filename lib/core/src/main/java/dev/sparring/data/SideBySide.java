package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pairs in one image file each, the source in one half and the sample in the other, as in the data
 * sets of pix2pix (arXiv:1611.07004); both (channels, size, size), bytes read as v / 127.5 - 1.
 *
 * <p>Each half is resized and cropped as {@link ImageFolder} does with whole images. If the width
 * is odd, the middle column belongs to neither half. Images that are not twice as wide as high are
 * said in a line.
 *
 * @param folder path of the folder with the PNG and JPEG files; sub-folders are searched too
 * @param size height and width of source and sample in pixels
 * @param source the half of the image that is the source
 * @param channels 3 for colour, 1 for grey
 * @param onBroken what to do with a file that cannot be decoded
 */
@Word("sideBySide")
public record SideBySide(String folder, int size, Side source, int channels, BrokenImages onBroken)
    implements Data {
  /** Checks the settings. */
  public SideBySide {
    Require.notBlank("folder", folder);
    Require.between("size", size, 1, 4096);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, got " + channels);
    }
  }

  /** Colour images, the source on the left. */
  @Defaults
  public static SideBySide sideBySide(String folder, int size) {
    return new SideBySide(folder, size, Side.LEFT, 3, BrokenImages.STOP);
  }

  /** The same with the source on another half. */
  public SideBySide source(Side source) {
    return new SideBySide(folder, size, source, channels, onBroken);
  }

  /** The same in colour (3) or grey (1). */
  public SideBySide channels(int channels) {
    return new SideBySide(folder, size, source, channels, onBroken);
  }

  /** The same with another answer to broken files. */
  public SideBySide onBroken(BrokenImages onBroken) {
    return new SideBySide(folder, size, source, channels, onBroken);
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(channels, size, size);
  }

  @Override
  public Optional<Shape> sourceShape() {
    return Optional.of(sampleShape());
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    List<DataSet> halves =
        FolderReader.halves(new ImageFolder(folder, size, channels, true, onBroken), log);
    DataSet left = halves.get(0);
    DataSet right = halves.get(1);
    return source == Side.LEFT ? new PairSet(right, left, true) : new PairSet(left, right, true);
  }
}
