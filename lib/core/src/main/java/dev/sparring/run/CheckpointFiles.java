package dev.sparring.run;

import dev.sparring.file.Reason;
import dev.sparring.file.Sha256;
import dev.sparring.safetensors.Safetensors;
import dev.sparring.safetensors.SafetensorsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of a checkpoint's tensors, compared with the sums in its state.
 *
 * <p>What was found whole is not compared again while the file is the same one, by its size, its
 * times and its place on the disk, and the sum is the same: a command looks for a whole checkpoint
 * first and reads its tensors after that, some files several times.
 */
final class CheckpointFiles {
  /** The file of everything but the networks. */
  static final String TRAINING = "training";

  private static final String ENDING = ".safetensors";
  private static final String OPTIMIZER = "optimizer.";
  private static final String FACTS = "size,lastModifiedTime,fileKey";

  /** The time of a file's last change of any kind, which no program can set. */
  private static final String CHANGED = "unix:ctime";

  private final Path path;
  private final Sum sums;
  private final Map<String, Stamp> whole = new ConcurrentHashMap<>();

  /**
   * Has compared nothing yet.
   *
   * @param path the checkpoint's directory
   */
  CheckpointFiles(Path path) {
    this(path, Sha256::of);
  }

  /**
   * The same with another way to get sums.
   *
   * @param sums such as SHA-256
   */
  CheckpointFiles(Path path, Sum sums) {
    this.path = path;
    this.sums = sums;
  }

  /** The sum of a file. */
  interface Sum {
    String of(Path file) throws IOException;
  }

  /** What a file has to keep for its comparison to stay true. */
  private record Stamp(CheckpointState.@Nullable FileSum sum, Map<String, Object> facts) {}

  /** The file of a network's tensors, or of those of {@code training}. */
  Path of(String group) {
    return path.resolve(group + ENDING);
  }

  /**
   * Compares a file with its sums, and looks for numbers that are not finite.
   *
   * @param group the file's name without ending
   */
  void check(CheckpointState state, String group) throws DamageException {
    Path file = of(group);
    String name = String.valueOf(file.getFileName());
    CheckpointState.FileSum sum = state.files().get(name);
    try {
      // Taken before, so that a change meanwhile is noticed the next time.
      Stamp stamp = new Stamp(sum, facts(file));
      if (!stamp.equals(whole.get(group))) {
        whole.remove(group);
        compare(state, sum, file, group);
        whole.put(group, stamp);
      }
    } catch (SafetensorsException e) {
      String text = String.valueOf(e.getMessage());
      String start = file.resolveSibling("").toString() + file.getFileSystem().getSeparator();
      throw new DamageException(text.startsWith(start) ? text.substring(start.length()) : text);
    } catch (NoSuchFileException e) {
      throw new DamageException(name + ": is missing");
    } catch (DamageException e) {
      throw e;
    } catch (IOException e) {
      throw new DamageException(name + ": cannot be read: " + Reason.of(e));
    }
  }

  private void compare(
      CheckpointState state, CheckpointState.@Nullable FileSum sum, Path file, String group)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    if (sum == null && !state.files().isEmpty()) {
      throw new DamageException("state.json: has no sums of " + name);
    }
    long bytes = Files.size(file);
    if (sum != null && bytes != sum.bytes()) {
      throw new DamageException(
          name + ": has " + bytes + " bytes, but " + sum.bytes() + " were written");
    }
    String found = sum == null ? "" : sums.of(file);
    if (sum != null && !found.equals(sum.sha256())) {
      throw new DamageException(
          name + ": has SHA-256 " + found + ", but " + sum.sha256() + " was written");
    }
    // The memory of optimizers may overflow without the weights.
    boolean isTraining = group.equals(TRAINING);
    Safetensors.open(file)
        .notFinite(tensor -> !isTraining || !tensor.startsWith(OPTIMIZER))
        .ifPresent(
            tensor -> {
              throw new SafetensorsException(
                  file + ": '" + tensor + "' has a number that is not finite");
            });
  }

  private static Map<String, Object> facts(Path file) throws IOException {
    Map<String, Object> facts = new HashMap<>(Files.readAttributes(file, FACTS));
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      facts.putAll(Files.readAttributes(file, CHANGED));
    }
    facts.values().removeIf(Objects::isNull); // Windows has no keys of files.
    return Map.copyOf(facts);
  }
}
