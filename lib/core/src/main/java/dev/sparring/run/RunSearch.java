package dev.sparring.run;

import dev.sparring.file.FolderLock;
import dev.sparring.file.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds run directories below folders, those of sweeps too. Links are followed; a folder that is
 * reached twice, by a link to one above it or otherwise, counts once.
 */
public final class RunSearch {
  /** What a run directory holds itself; other folders in it may hold further runs. */
  private static final Pattern OWN =
      Pattern.compile("checkpoints|samples|evaluations|tensorboard|aside-\\d+");

  private final Consumer<? super String> lines;
  private final Set<Path> seen = new HashSet<>();
  private final List<RunDirectory> found = new ArrayList<>();

  private RunSearch(Consumer<? super String> lines) {
    this.lines = lines;
  }

  /**
   * All run directories in folders and below them, in the order of their names, where numbers count
   * as numbers.
   *
   * @param lines receives a line for each folder below them that cannot be read
   * @throws RunException if one of the folders themselves is missing, is no folder, or cannot be
   *     read
   */
  public static List<RunDirectory> below(List<Path> folders, Consumer<? super String> lines) {
    RunSearch search = new RunSearch(lines);
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        String what = Files.exists(folder) ? "is no folder" : "no such folder";
        throw new RunException(folder + ": " + what + "; expected a folder with runs");
      }
      try {
        search.look(folder);
      } catch (IOException e) {
        throw new RunException(Reason.line(e, folder, "cannot be read"), e);
      }
    }
    return List.copyOf(search.found);
  }

  /**
   * Whether a folder is a run directory, be it damaged: it has a {@code run.json}, or at least two
   * of the other things that a run leaves. One of them alone may be anything, such as a recipe that
   * is called {@code recipe.yaml}.
   */
  public static boolean isRun(Path folder) {
    RunDirectory run = new RunDirectory(folder);
    return Files.isRegularFile(run.provenance())
        || Stream.of(
                    run.recipe(), run.metrics(), run.checkpoints(), folder.resolve(FolderLock.FILE))
                .filter(Files::exists)
                .count()
            > 1;
  }

  private void look(Path folder) throws IOException {
    if (!seen.add(folder.toRealPath())) {
      return;
    }
    boolean isRun = isRun(folder);
    if (isRun) {
      found.add(new RunDirectory(folder));
    }
    for (Path below : folders(folder)) {
      if (isRun && OWN.matcher(String.valueOf(below.getFileName())).matches()) {
        continue;
      }
      try {
        look(below);
      } catch (IOException e) {
        lines.accept(Reason.line(e, below, "cannot be read, so runs in it are not listed"));
      }
    }
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory)
          .sorted((a, b) -> NaturalOrder.compare(name(a), name(b)))
          .toList();
    }
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }
}
