package dev.sparring.tensorboard;

import dev.sparring.file.AtomicFile;
import dev.sparring.file.Reason;
import dev.sparring.file.RegularFile;
import dev.sparring.image.Png;
import dev.sparring.run.MetricsTable;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunException;
import dev.sparring.run.RunSummary;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes the files of a run as an event file: the rows of metrics.csv and the pictures of samples/,
 * tagged as {@link TensorBoardListener} does. An event's time is the run's start and the seconds
 * that the run had trained by then; pauses before a resume are left out.
 */
public final class TensorBoardExport {
  private TensorBoardExport() {}

  /**
   * Writes the event file, whole or not at all.
   *
   * @param folder where it goes; created if necessary
   * @return the file
   * @throws RunException if the run's files are missing or damaged, or if the folder has event
   *     files already, whose figures would be mixed with the run's
   * @throws IOException if the file cannot be written
   */
  public static Path write(RunDirectory run, Path folder) throws IOException {
    Instant start = RunSummary.start(run);
    return write(run, start, MetricsTable.of(run), folder);
  }

  /**
   * The same, leaving out a torn last row of metrics, of a run that was killed or is going on.
   *
   * @param lines receives a line that says so
   */
  public static Path write(RunDirectory run, Path folder, Consumer<? super String> lines)
      throws IOException {
    Instant start = RunSummary.start(run);
    return write(run, start, MetricsTable.of(run, lines), folder);
  }

  private static Path write(RunDirectory run, Instant start, MetricsTable metrics, Path folder)
      throws IOException {
    if (EventFile.areIn(folder)) {
      throw new RunException(
          folder + ": has event files already; delete them, or name another folder");
    }
    Files.createDirectories(folder);
    Path path = folder.resolve(EventFile.nextName(folder, start));
    AtomicFile.write(
        path,
        out -> {
          // Not closed: the stream is not ours.
          EventFile file = new EventFile(path, out, start, 0);
          NavigableMap<Long, Instant> times = figures(file, metrics, start);
          for (long step : run.sampleSteps()) {
            picture(file, times.floorEntry(step).getValue(), step, run.samples(step));
          }
        });
    return path;
  }

  /** Writes the rows, and returns the times of their steps. */
  private static NavigableMap<Long, Instant> figures(
      EventFile file, MetricsTable metrics, Instant start) throws IOException {
    NavigableMap<Long, Instant> times = new TreeMap<>(Map.of(0L, start));
    for (MetricsTable.Row row : metrics.rows()) {
      Instant time = start.plusMillis(Math.round(1000 * row.seconds()));
      Map<String, Double> figures = new LinkedHashMap<>();
      metrics.columns().stream()
          .filter(row.figures()::containsKey)
          .forEach(c -> figures.put(c, row.figures().get(c)));
      file.scalars(time, row.step(), Tags.of(figures));
      times.put(row.step(), time);
    }
    return times;
  }

  private static void picture(EventFile file, Instant time, long step, Path source)
      throws IOException {
    byte[] png;
    BufferedImage picture;
    try {
      png = RegularFile.bytes(source, Integer.MAX_VALUE);
      picture = Png.read(png);
    } catch (IOException e) {
      throw new RunException(source + ": cannot be read: " + Reason.of(e), e);
    }
    file.image(time, step, Tags.SAMPLES, picture, png);
  }
}
