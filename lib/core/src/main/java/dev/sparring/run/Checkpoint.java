package dev.sparring.run;

import dev.sparring.file.Json;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that is needed to continue from a step: one safetensors file for each network with
 * PyTorch's names and layouts, {@code training.safetensors} with singular vectors and optimizer
 * state, and {@code state.json}.
 *
 * <p>A checkpoint is written atomically: to a temporary directory beside its place, which is synced
 * and renamed.
 *
 * @param path its directory
 */
public record Checkpoint(Path path) {
  private static final int FORMAT = 1;

  /** Writes a training's state. */
  static void write(Path target, Training training) throws IOException {
    Path beside = target.resolveSibling("." + target.getFileName() + ".part");
    delete(beside);
    Files.createDirectories(beside);
    Precision precision = training.engine().precision();
    for (Map.Entry<String, Map<String, Tensor>> group : training.tensors().entrySet()) {
      Path file = beside.resolve(group.getKey() + ".safetensors");
      training
          .engine()
          .scope(
              () -> {
                try {
                  Safetensors.write(file, precision, group.getValue(), Map.of("format", "pt"));
                } catch (IOException e) {
                  throw new RunException(file + ": cannot be written: " + Reason.of(e), e);
                }
              });
    }
    Path state = beside.resolve("state.json");
    Files.write(state, Json.pretty(toJson(training.progress())));
    sync(state, StandardOpenOption.WRITE);
    syncDirectory(beside);
    delete(target);
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(target.resolveSibling("."));
  }

  private static Map<String, Object> toJson(Progress progress) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("step", progress.step());
    json.put("seconds", progress.seconds());
    json.put("updates", progress.sortedUpdates());
    return json;
  }

  /**
   * The progress of the training.
   *
   * @throws RunException if the file is missing or damaged
   */
  public Progress progress() {
    Path file = path.resolve("state.json");
    try {
      Map<String, Object> json = Json.read(Files.readAllBytes(file));
      if (!Integer.valueOf(FORMAT).equals(json.get("format"))) {
        throw new RunException(
            file + ": format " + json.get("format") + " is unknown, expected " + FORMAT);
      }
      Map<String, Long> updates = new LinkedHashMap<>();
      ((Map<?, ?>) field(json, "updates"))
          .forEach((k, v) -> updates.put(String.valueOf(k), ((Number) v).longValue()));
      return new Progress(
          ((Number) field(json, "step")).longValue(),
          ((Number) field(json, "seconds")).doubleValue(),
          updates);
    } catch (IOException | ClassCastException | NullPointerException e) {
      throw new RunException(file + ": cannot be read: " + Reason.of(e), e);
    }
  }

  private static Object field(Map<String, Object> json, String name) throws IOException {
    Object value = json.get(name);
    if (value == null) {
      throw new IOException("it lacks '" + name + "'");
    }
    return value;
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
      Safetensors file = Safetensors.open(path.resolve(group + ".safetensors"));
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
   * @throws RunException if the checkpoint is damaged or is not of this recipe
   */
  public void restore(Training training) {
    Engine engine = training.engine();
    training.tensors().forEach((group, targets) -> restore(group, targets, engine, true));
    training.resume(progress());
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

  private static void sync(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }
}
