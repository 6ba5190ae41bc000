package dev.sparring.run;

import dev.sparring.file.Json;
import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A measurement of a checkpoint that was made after the training: a file in {@code evaluations/}.
 *
 * @param file the file
 * @param step the checkpoint's
 * @param conditions how many samples were measured, and by which features; figures of other
 *     conditions cannot be compared
 * @param figures by the names that columns of {@code metrics.csv} have
 */
public record RecordedEvaluation(
    Path file, long step, String conditions, Map<String, Double> figures) {
  /** The features of points, which are measured by their modes. */
  private static final String POINTS = "points";

  /** Copies the figures. */
  public RecordedEvaluation {
    figures = Map.copyOf(figures);
  }

  /**
   * All of a run, by step and then by name.
   *
   * @throws RunException if one is damaged
   */
  public static List<RecordedEvaluation> all(RunDirectory run) {
    Path folder = run.evaluations();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(RecordedEvaluation::of)
          .sorted(
              Comparator.comparingLong(RecordedEvaluation::step)
                  .thenComparing(RecordedEvaluation::file))
          .toList();
    } catch (IOException e) {
      throw new RunException(Reason.line(e, folder, "cannot be read"), e);
    }
  }

  private static RecordedEvaluation of(Path file) {
    Map<String, Object> json;
    try {
      json = Json.read(RegularFile.bytes(file));
    } catch (IOException e) {
      throw new RunException(file + ": is damaged: " + Reason.of(e), e);
    }
    if (!(json.get("step") instanceof Number step)
        || !(json.get("metrics") instanceof List<?> metrics)) {
      throw new RunException(file + ": is damaged: it has no step or no list of metrics");
    }
    String extractor = String.valueOf(json.get("extractor"));
    String ending = extractor.equals(POINTS) ? "" : "." + extractor;
    Map<String, Double> figures = new LinkedHashMap<>();
    for (Object metric : metrics) {
      if (metric instanceof Map<?, ?> map && map.get("figures") instanceof Map<?, ?> own) {
        own.forEach(
            (name, value) -> {
              if (value instanceof Number number) {
                figures.put(name + ending, number.doubleValue());
              }
            });
      }
    }
    String features = extractor.equals(POINTS) ? "" : ", " + json.get("features");
    return new RecordedEvaluation(
        file, step.longValue(), json.get("samples") + " samples" + features, figures);
  }
}
