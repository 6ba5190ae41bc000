package dev.sparring.run;

import dev.sparring.file.Json;
import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.file.Sha256;
import dev.sparring.train.Progress;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a checkpoint's {@code state.json}: the progress, the size and SHA-256 of each
 * file, the rows of metrics so far, and the SHA-256 of all that. Checkpoints of earlier versions
 * have the progress only.
 *
 * @param progress of the training
 * @param files by name; empty for checkpoints of earlier versions
 * @param metrics the rows up to the step; absent for checkpoints of earlier versions
 */
record CheckpointState(Progress progress, Map<String, FileSum> files, Optional<RowsSum> metrics) {
  static final String FILE = "state.json";

  private static final int FORMAT = 1;
  private static final String FILES = "files";
  private static final String SUM = "sha256";
  private static final String METRICS = "metrics";

  /** More than a step makes; larger numbers would overflow where batches are counted. */
  private static final long MOST_UPDATES = 1_000_000_000;

  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  /** The size and the SHA-256 of a file. */
  record FileSum(long bytes, String sha256) {}

  /** The number of rows, and the SHA-256 of their figures as {@link MetricsSum} computes it. */
  record RowsSum(long rows, String sha256) {}

  /** The same with another progress. */
  CheckpointState progress(Progress progress) {
    return new CheckpointState(progress, files, metrics);
  }

  byte[] toJson() throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("step", progress.step());
    json.put("seconds", progress.seconds());
    json.put("updates", progress.sortedUpdates());
    if (!progress.retries().isEmpty()) {
      json.put(RetryJson.KEY, RetryJson.write(progress.retries()));
    }
    Map<String, Object> sums = new LinkedHashMap<>();
    files.forEach((name, file) -> sums.put(name, sum("bytes", file.bytes(), file.sha256())));
    json.put(FILES, sums);
    metrics.ifPresent(m -> json.put(METRICS, sum("rows", m.rows(), m.sha256())));
    json.put(SUM, Sha256.of(Json.compact(json)));
    return Json.pretty(json);
  }

  private static Map<String, Object> sum(String what, long count, String sha256) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(what, count);
    json.put(SUM, sha256);
    return json;
  }

  /**
   * Reads and checks it.
   *
   * @throws DamageException with the reason; a step that is not its folder's is one
   */
  static CheckpointState read(Path checkpoint) throws DamageException {
    try {
      Map<String, Object> json = Json.read(RegularFile.bytes(checkpoint.resolve(FILE)));
      if (!Integer.valueOf(FORMAT).equals(json.get("format"))) {
        throw new DamageException(
            "format " + json.get("format") + " is unknown, it reads " + FORMAT);
      }
      checkSum(json);
      long step = count("step", json.get("step"));
      String folder = String.valueOf(checkpoint.getFileName());
      if (!folder.equals(RunDirectory.name(step))) {
        throw new DamageException("step is " + step + ", but the folder is that of " + folder);
      }
      Map<String, Long> updates = new LinkedHashMap<>();
      for (Map.Entry<String, Object> e : object("updates", json.get("updates")).entrySet()) {
        long made = count("updates of " + e.getKey(), e.getValue());
        if (made / MOST_UPDATES > step) {
          throw new DamageException(
              "updates of " + e.getKey() + " are " + made + " in " + step + " steps");
        }
        updates.put(e.getKey(), made);
      }
      Map<String, FileSum> files = new LinkedHashMap<>();
      if (json.containsKey(FILES)) {
        for (Map.Entry<String, Object> e : object(FILES, json.get(FILES)).entrySet()) {
          Map<String, Object> file = object(e.getKey(), e.getValue());
          files.put(e.getKey(), new FileSum(count("bytes", file.get("bytes")), sum(file)));
        }
      }
      if (json.containsKey(SUM) && files.isEmpty()) {
        throw new DamageException("has no sums of files, but one of its own");
      }
      return new CheckpointState(
          new Progress(
              step, seconds(json.get("seconds")), updates, RetryJson.read(json.get(RetryJson.KEY))),
          files,
          rows(json));
    } catch (NoSuchFileException e) {
      throw new DamageException(FILE + ": is missing");
    } catch (DamageException e) {
      throw new DamageException(FILE + ": " + e.getMessage());
    } catch (IOException e) {
      throw new DamageException(FILE + ": cannot be read: " + Reason.of(e));
    }
  }

  /** The sums of files and that of the whole come together, or not at all. */
  private static void checkSum(Map<String, Object> json) throws IOException {
    if (!json.containsKey(FILES) && !json.containsKey(SUM) && !json.containsKey(METRICS)) {
      return;
    }
    Map<String, Object> rest = new LinkedHashMap<>(json);
    Object written = rest.remove(SUM);
    String found = Sha256.of(Json.compact(rest));
    if (!found.equals(written)) {
      throw new DamageException("has SHA-256 " + found + ", but " + written + " was written");
    }
  }

  private static Optional<RowsSum> rows(Map<String, Object> json) throws DamageException {
    if (!json.containsKey(METRICS)) {
      return Optional.empty();
    }
    Map<String, Object> rows = object(METRICS, json.get(METRICS));
    return Optional.of(new RowsSum(count("rows", rows.get("rows")), sum(rows)));
  }

  private static String sum(Map<String, Object> json) throws DamageException {
    if (json.get(SUM) instanceof String text) {
      return text;
    }
    throw new DamageException("a " + SUM + " is missing");
  }

  private static Map<String, Object> object(String name, @Nullable Object json)
      throws DamageException {
    if (!(json instanceof Map<?, ?> map)) {
      throw new DamageException(
          name + (json == null ? " is missing" : " is " + json + ", expected names with numbers"));
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  private static long count(String name, @Nullable Object json) throws DamageException {
    BigInteger number =
        json instanceof BigInteger big
            ? big
            : json instanceof Integer || json instanceof Long
                ? BigInteger.valueOf(((Number) json).longValue())
                : null;
    if (json == null) {
      throw new DamageException(name + " is missing");
    }
    if (number == null || number.signum() < 0 || number.compareTo(LARGEST) > 0) {
      throw new DamageException(
          name + " is " + json + ", expected a whole number from 0 to " + LARGEST);
    }
    return number.longValue();
  }

  private static double seconds(@Nullable Object json) throws DamageException {
    if (json == null) {
      throw new DamageException("seconds is missing");
    }
    double seconds = json instanceof Number number ? number.doubleValue() : Double.NaN;
    if (!(seconds >= 0 && Double.isFinite(seconds))) {
      throw new DamageException("seconds is " + json + ", expected a number from 0");
    }
    return seconds;
  }
}
