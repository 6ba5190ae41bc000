package dev.sparring.run;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.Reason;
import dev.sparring.safetensors.Safetensors;
import dev.sparring.safetensors.SafetensorsException;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Progress;
import dev.sparring.train.Training;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is needed to continue from a step: one safetensors file for each network with
 * PyTorch's names and layouts, {@code training.safetensors} with singular vectors and optimizer
 * state, and {@code state.json}.
 *
 * <p>A checkpoint is written atomically: to a temporary directory beside its place, which is synced
 * and renamed. Its state has the size and SHA-256 of each file, computed while they are written,
 * and one of its own; they are compared before anything is read from a file, once while it stays as
 * it is, which takes a second for some hundreds of megabytes. Checkpoints of earlier versions have
 * no sums; damage that leaves their files well-formed is not noticed, except for numbers that are
 * not finite.
 */
public final class Checkpoint {
  private final Path path;
  private final CheckpointFiles files;

  /** The one in a directory, of which nothing is read yet. */
  public Checkpoint(Path path) {
    this.path = path;
    this.files = new CheckpointFiles(path);
  }

  /** Its directory. */
  public Path path() {
    return path;
  }

  /** The directory of its run. */
  RunDirectory run() {
    return new RunDirectory(path.resolveSibling("..").normalize());
  }

  /** Writes a training's state. */
  static void write(Path target, Training training, CheckpointState.RowsSum metrics)
      throws IOException {
    Path beside = target.resolveSibling("." + target.getFileName() + ".part");
    delete(beside);
    try {
      // Without the folders above, which exist unless the run was removed.
      Files.createDirectory(beside);
      writeFiles(beside, training, metrics);
      if (Files.exists(target)) {
        Path old = target.resolveSibling("." + target.getFileName() + ".old.part");
        delete(old);
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        delete(old);
      }
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      // On a full disk it makes place for the record of the run's end.
      delete(beside);
    }
    syncDirectory(target.resolveSibling("."));
  }

  private static void writeFiles(Path beside, Training training, CheckpointState.RowsSum metrics)
      throws IOException {
    Precision precision = training.engine().precision();
    Map<String, CheckpointState.FileSum> sums = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, Tensor>> group : training.tensors().entrySet()) {
      Path file = new CheckpointFiles(beside).of(group.getKey());
      String[] sum = new String[1];
      training
          .engine()
          .scope(
              () -> {
                try {
                  sum[0] =
                      Safetensors.write(file, precision, group.getValue(), Map.of("format", "pt"));
                } catch (IOException e) {
                  throw new RunException(Reason.line(e, file, "cannot be written"), e);
                }
              });
      String name = String.valueOf(file.getFileName());
      sums.put(name, new CheckpointState.FileSum(Files.size(file), sum[0]));
    }
    Path state = beside.resolve(CheckpointState.FILE);
    Files.write(
        state, new CheckpointState(training.progress(), sums, Optional.of(metrics)).toJson());
    sync(state, StandardOpenOption.WRITE);
    syncDirectory(beside);
  }

  /** Replaces its state and leaves its tensors as they are. */
  void replace(CheckpointState state) throws IOException {
    byte[] json = state.toJson();
    AtomicFile.write(path.resolve(CheckpointState.FILE), out -> out.write(json));
  }

  /** Such as {@code checkpoints/000040}. */
  String title() {
    return "checkpoints/" + path.getFileName();
  }

  /** Whether it is there, whole or damaged. */
  boolean exists() {
    return Files.isDirectory(path);
  }

  /**
   * The progress of the training.
   *
   * @throws RunException if the file is missing or damaged
   */
  public Progress progress() {
    return state().progress();
  }

  /** As {@link #progress}, with everything else that the file holds. */
  CheckpointState state() {
    try {
      return CheckpointState.read(path);
    } catch (DamageException e) {
      throw damaged(e);
    }
  }

  private RunException damaged(DamageException e) {
    return exists()
        ? new RunException(path + " is damaged (" + e.getMessage() + ")", e)
        : new RunException(
            path + ": is not there any more; a training removes old checkpoints, try again", e);
  }

  /**
   * What is wrong with it: with its state, with any of its files, or a weight that is not finite.
   *
   * @return a reason such as {@code generator.safetensors: is missing}; empty if it is whole
   */
  public Optional<String> problem() {
    return problem(Set.of());
  }

  /**
   * The same for some of its files.
   *
   * @param groups the files' names without ending; none for all
   */
  Optional<String> problem(Set<String> groups) {
    try {
      CheckpointState state = CheckpointState.read(path);
      Set<String> all = new LinkedHashSet<>(state.progress().sortedUpdates().keySet());
      all.add(CheckpointFiles.TRAINING);
      for (String group : groups.isEmpty() ? all : groups) {
        files.check(state, group);
      }
      return Optional.empty();
    } catch (DamageException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Overwrites tensors with those of the same names of a network, or of {@code training} for the
   * rest.
   *
   * @param complete whether the file must have every target, and nothing else
   * @throws RunException if the file is damaged or does not fit; nothing is overwritten then
   */
  void restore(String group, Map<String, Tensor> targets, Engine engine, boolean complete) {
    try {
      files.check(CheckpointState.read(path), group);
      read(group, targets, engine, complete);
    } catch (DamageException e) {
      throw damaged(e);
    }
  }

  private void read(String group, Map<String, Tensor> targets, Engine engine, boolean complete) {
    try {
      Safetensors file = Safetensors.open(file(group));
      if (complete) {
        file.restore(targets, engine, true);
      } else {
        file.restoreKnown(targets, engine);
      }
    } catch (SafetensorsException e) {
      throw new RunException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Sets a training to this point.
   *
   * @throws RunException if the checkpoint is damaged or is not of this recipe; the training stays
   *     as it was if a file is damaged
   */
  public void restore(Training training) {
    load(training, requireWhole(training));
  }

  /**
   * Its state, if it is of these networks and the files of their tensors are whole.
   *
   * @throws RunException otherwise
   */
  CheckpointState requireWhole(Training training) {
    CheckpointState state = fitting(training);
    try {
      for (String group : training.tensors().keySet()) {
        files.check(state, group);
      }
    } catch (DamageException e) {
      throw damaged(e);
    }
    return state;
  }

  /** The file of a network's tensors, or of those of {@code training}. */
  Path file(String group) {
    return files.of(group);
  }

  /** The same for a checkpoint that was found whole, in a directory that the caller holds. */
  void restoreWhole(Training training) {
    load(training, fitting(training));
  }

  private void load(Training training, CheckpointState state) {
    Engine engine = training.engine();
    training.tensors().forEach((group, targets) -> read(group, targets, engine, true));
    training.resume(state.progress());
  }

  /** Its state, if it is of these networks. */
  private CheckpointState fitting(Training training) {
    CheckpointState state = state();
    Set<String> counted = state.progress().sortedUpdates().keySet();
    Set<String> networks = new TreeSet<>(training.networks().keySet());
    if (!counted.equals(networks)) {
      throw new RunException(
          path.resolve(CheckpointState.FILE)
              + ": has updates of "
              + String.join(", ", counted)
              + ", the recipe's networks are "
              + String.join(", ", networks));
    }
    return state;
  }

  /** Removes it, renamed at first: a reader finds it whole or not at all. */
  void remove() throws IOException {
    Path beside = path.resolveSibling("." + path.getFileName() + ".part");
    delete(beside);
    Files.move(path, beside, StandardCopyOption.ATOMIC_MOVE);
    delete(beside);
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(directory)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path p : deepestFirst) {
      Files.delete(p);
    }
  }

  private static void syncDirectory(Path directory) throws IOException {
    // Windows cannot open a directory as a file, and needs no sync for a rename.
    if (!System.getProperty("os.name").startsWith("Windows")) {
      sync(directory, StandardOpenOption.READ);
    }
  }

  /** Whether another one is in the same directory. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Checkpoint that && path.equals(that.path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return "Checkpoint[" + path + "]";
  }

  private static void sync(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }
}
