package dev.sparring.data;

import dev.sparring.file.Reason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a folder's images from their pack, if it is whole and of the files as they are now. */
final class PackReader {
  private final OpenFolder folder;
  private boolean isUnusableSaid;

  PackReader(OpenFolder folder) {
    this.folder = folder;
  }

  /** The images of a pack, or null if there is none of these files. */
  @Nullable List<DataSet> read(Path file, FolderStamp stamp) {
    ImagePack pack;
    try {
      pack = ImagePack.open(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      unusable(file, e);
      return null;
    }
    PackIndex index = pack.index();
    boolean fits =
        index.stamp().equals(stamp.digest())
            && index.elements() == folder.elements()
            && index.parts() == folder.sides.size()
            && index.size() + index.skipped().length == folder.names.size();
    if (!fits) {
      return null;
    }
    boolean isSmall = folder.isSmall();
    FileDecoder decoder = folder.decoder(isSmall ? folder.limits.small() : 0);
    List<String> problems = problems(index, decoder);
    byte[][][] kept = new byte[index.size()][][];
    if (problems == null || (isSmall && !isLoaded(pack, kept))) {
      return null;
    }
    for (int i = 0; i < problems.size(); i++) {
      folder.skip(folder.names.get(index.skipped()[i]), problems.get(i));
    }
    folder.say(index.notes());
    folder.log.accept(
        folder.files.root()
            + ": its images were decoded before, "
            + OpenFolder.megabytes(index)
            + " in "
            + file);
    Set<String> broken = Set.copyOf(folder.skipped(index));
    List<String> whole =
        broken.isEmpty()
            ? folder.names
            : folder.names.stream().filter(n -> !broken.contains(n)).toList();
    return folder.sets(whole, kept, index, decoder, pack);
  }

  /**
   * Why files that were broken still are, or null if one can be decoded now: that may depend on
   * Java's memory and on who reads it.
   */
  private @Nullable List<String> problems(PackIndex index, FileDecoder decoder) {
    List<String> problems = new ArrayList<>();
    for (String name : folder.skipped(index)) {
      FileDecoder.Decoded decoded = decoder.decode(name);
      if (decoded.parts != null) {
        return null;
      }
      problems.add(decoded.problem);
    }
    return problems;
  }

  private boolean isLoaded(ImagePack pack, byte[][][] kept) {
    try {
      for (int i = 0; i < kept.length; i++) {
        kept[i] = new byte[folder.sides.size()][];
        for (int part = 0; part < folder.sides.size(); part++) {
          kept[i][part] = pack.read(i, part);
        }
      }
      return true;
    } catch (IOException e) {
      unusable(pack.file(), e);
      return false;
    }
  }

  /** Says it once: a pack is looked at again when its lock is held. */
  private void unusable(Path file, IOException e) {
    if (!isUnusableSaid) {
      folder.log.accept(file + ": " + Reason.of(e) + "; decoding the images again");
    }
    isUnusableSaid = true;
  }
}
