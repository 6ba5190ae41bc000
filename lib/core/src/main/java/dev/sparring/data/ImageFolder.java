package dev.sparring.data;

import dev.sparring.random.Seed;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Word;
import dev.sparring.tensor.Shape;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The PNG and JPEG files of a folder; sample shape (channels, size, size), bytes read as v / 127.5
 * - 1.
 *
 * <p>The shorter side is resized to {@code size} with an antialiased bilinear filter and the middle
 * of the longer side is kept, as torchvision's Resize and CenterCrop do. Every pixel counts: large
 * images are never read in part. Transparent pixels are put over white, which a line says; 16 bits
 * are rounded to 8; JPEG files in CMYK become RGB as in Pillow. Colour profiles and PNG's gamma are
 * ignored, and so is EXIF orientation, which a line says too.
 *
 * <p>Files are in order of their paths, which are read as UTF-8 in every locale. If every file lies
 * in a sub-folder, the topmost sub-folders, ordered by name, are the classes; those without an
 * image are none. The first opening decodes every file, so that a broken file is found before the
 * training. Images that are decoded at the same time share half of Java's memory; one that does not
 * fit into it, or has more than 2^28 pixels, counts as broken, and so do pipes, devices and links
 * to nothing.
 *
 * <p>The decoded images of a folder of 1,000 files or 8 MB are kept in the user's cache, one byte
 * for each value, and later openings read them from there as long as each file has the path, the
 * size and the time of change of then; {@code sparring cache clear images} removes them, and the
 * environment variable {@code SPARRING_KEEP_IMAGES=false} keeps none. Up to an eighth of Java's
 * memory and 256 MB they are in memory too. Without the cache a quarter of Java's memory holds
 * images, and the others are decoded whenever they are read.
 *
 * @param folder path of the folder
 * @param size height and width of a sample in pixels
 * @param channels 3 for colour, 1 for grey
 * @param recursive whether sub-folders are searched too; files and folders whose names begin with a
 *     dot are always ignored
 * @param onBroken what to do with a file that cannot be decoded
 */
@Word("imageFolder")
public record ImageFolder(
    String folder, int size, int channels, boolean recursive, BrokenImages onBroken)
    implements Data {
  /** Checks the settings. */
  public ImageFolder {
    Require.notBlank("folder", folder);
    Require.between("size", size, 1, 4096);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, got " + channels);
    }
  }

  /** Colour images of the folder and its sub-folders. */
  @Defaults
  public static ImageFolder imageFolder(String folder, int size) {
    return new ImageFolder(folder, size, 3, true, BrokenImages.STOP);
  }

  /** The same from another folder. */
  public ImageFolder folder(String folder) {
    return new ImageFolder(folder, size, channels, recursive, onBroken);
  }

  /** The same in another size. */
  public ImageFolder size(int size) {
    return new ImageFolder(folder, size, channels, recursive, onBroken);
  }

  /** The same in colour (3) or grey (1). */
  public ImageFolder channels(int channels) {
    return new ImageFolder(folder, size, channels, recursive, onBroken);
  }

  /** The same with or without sub-folders. */
  public ImageFolder recursive(boolean recursive) {
    return new ImageFolder(folder, size, channels, recursive, onBroken);
  }

  /** The same with another answer to broken files. */
  public ImageFolder onBroken(BrokenImages onBroken) {
    return new ImageFolder(folder, size, channels, recursive, onBroken);
  }

  @Override
  public Shape sampleShape() {
    return Shape.of(channels, size, size);
  }

  @Override
  public OptionalInt classes() {
    return FolderReader.classes(this);
  }

  @Override
  public DataSet open(Seed seed, Consumer<String> log) {
    return FolderReader.read(this, log);
  }
}
