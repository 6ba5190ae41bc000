package dev.sparring.run;

import dev.sparring.file.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory of a run.
 *
 * <pre>
 * run.json         provenance: what ran, on what, from when to when
 * recipe.yaml      the recipe as run, every default written out
 * recipe.gan.kts   the script of the recipe, if its text cannot be read back
 * imports/         the scripts that this one imports
 * metrics.csv      a row for each interval of steps
 * findings.txt     findings of detectors, one line each; absent if there are none
 * samples/         000500.png
 * checkpoints/     000500/ with generator.safetensors, discriminator.safetensors,
 *                  training.safetensors and state.json
 * aside-1/         what a resume took out, such as damaged files, under the names that they had
 * .lock            held by the training that writes here, see {@link RunHold}
 * evaluations/     later measurements: 000500.json by modes or pixels, and
 *                  000500.EXTRACTOR.json by the features of another extractor
 * tensorboard/     event files, if requested
 * </pre>
 *
 * @param path the directory
 */
public record RunDirectory(Path path) {
  /** The file's name of a script that a run keeps. */
  static final String SCRIPT = "recipe.gan.kts";

  /** Folders that a run fills and clears by itself. */
  private static final Pattern OWN =
      Pattern.compile("checkpoints|samples|imports|evaluations|tensorboard|aside-\\d+");

  private static final Pattern STEP = Pattern.compile("\\d{6}|[1-9]\\d{6,17}");

  /** The default directory of a recipe's run: runs/NAME/seed-SEED. */
  public static RunDirectory standard(Path root, String name, long seed) {
    return new RunDirectory(root.resolve(name).resolve("seed-" + seed));
  }

  /** The record of what ran. */
  public Path provenance() {
    return path.resolve("run.json");
  }

  /** The recipe as run. */
  public Path recipe() {
    return path.resolve("recipe.yaml");
  }

  /** The script of the recipe; absent if its text can be read back. */
  public Path script() {
    return path.resolve(SCRIPT);
  }

  /** Where the scripts are that the recipe's script imports. */
  public Path imports() {
    return path.resolve("imports");
  }

  /** The figures of the steps. */
  public Path metrics() {
    return path.resolve("metrics.csv");
  }

  /** The findings of detectors. */
  public Path findings() {
    return path.resolve("findings.txt");
  }

  /** The picture of one step. */
  public Path samples(long step) {
    return path.resolve("samples").resolve(name(step) + ".png");
  }

  /** The evaluation of the samples of one step by modes or pixels. */
  public Path evaluation(long step) {
    return evaluations().resolve(name(step) + ".json");
  }

  /**
   * The same by the features of an extractor.
   *
   * @param extractor identifies the extractor; part of the file's name
   */
  public Path evaluation(long step, String extractor) {
    return evaluations().resolve(name(step) + "." + extractor + ".json");
  }

  Path evaluations() {
    return path.resolve("evaluations");
  }

  /** Where TensorBoard's event files are. */
  public Path tensorboard() {
    return path.resolve("tensorboard");
  }

  Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** Whether a run has left anything here. */
  public boolean isUsed() {
    return Stream.of(provenance(), recipe(), metrics(), checkpoints()).anyMatch(Files::exists);
  }

  /**
   * The run in whose own folder this is, such as {@code RUN/checkpoints/000500/other}: that run
   * deletes there what it does not know.
   */
  Optional<RunDirectory> owner() {
    Path inner = path.toAbsolutePath().normalize();
    for (Path outer = inner.getParent(); outer != null; outer = outer.getParent()) {
      Path name = inner.getFileName();
      if (name != null
          && OWN.matcher(name.toString()).matches()
          && Files.exists(outer.resolve("run.json"))) {
        return Optional.of(new RunDirectory(outer));
      }
      inner = outer;
    }
    return Optional.empty();
  }

  /** The steps with complete checkpoints, ascending. */
  public List<Long> checkpointSteps() {
    return steps(checkpoints(), "");
  }

  /** The steps with pictures, ascending. */
  public List<Long> sampleSteps() {
    return steps(path.resolve("samples"), ".png");
  }

  private static List<Long> steps(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(p -> p.getFileName().toString())
          .filter(n -> n.endsWith(ending))
          .map(n -> n.substring(0, n.length() - ending.length()))
          .filter(n -> STEP.matcher(n).matches())
          .map(Long::valueOf)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new RunException(Reason.line(e, folder, "cannot be read"), e);
    }
  }

  /**
   * The newest checkpoint without any damage, which a training can go back to.
   *
   * @return empty if there is none
   */
  public Optional<Checkpoint> lastWhole() {
    return CheckpointSearch.of(this, Set.of()).whole();
  }

  /** The same of those before a step. */
  public Optional<Checkpoint> lastWholeBefore(long step) {
    return CheckpointSearch.before(this, step).whole();
  }

  /**
   * The checkpoint of a step, or the newest.
   *
   * @throws RunException if it is missing, with the steps that there are, or damaged, with the
   *     newest step that is whole
   */
  public Checkpoint whole(OptionalLong step) {
    return whole(step, Set.of());
  }

  /** The same if only some of its files are to be used, as {@link Checkpoint#problem}. */
  Checkpoint whole(OptionalLong step, Set<String> files) {
    List<Long> steps = checkpointSteps();
    if (steps.isEmpty()) {
      throw new RunException(path + ": no run with a checkpoint here; expected a run directory");
    }
    if (step.isEmpty()) {
      CheckpointSearch search = CheckpointSearch.of(this, files);
      if (search.damaged().isEmpty() && search.whole().isPresent()) {
        return search.whole().get();
      }
      throw damaged(search.problems(), search);
    }
    if (!steps.contains(step.getAsLong())) {
      throw new RunException(
          path
              + ": has no checkpoint of step "
              + step.getAsLong()
              + ", only of "
              + String.join(", ", steps.stream().map(String::valueOf).toList()));
    }
    Checkpoint asked = checkpoint(step.getAsLong());
    Optional<String> problem = asked.problem(files);
    if (problem.isPresent()) {
      throw damaged(
          asked.title() + " is damaged (" + problem.get() + ")", CheckpointSearch.of(this, files));
    }
    return asked;
  }

  RunException damaged(String problems, CheckpointSearch search) {
    return new RunException(
        path
            + ": "
            + problems
            + search
                .whole()
                .map(
                    c ->
                        "; "
                            + c.title()
                            + " is whole: --from "
                            + Long.valueOf(String.valueOf(c.path().getFileName())))
                .orElse("; no checkpoint is whole"));
  }

  /** The newest complete checkpoint; {@link #lastWhole} looks into its files, too. */
  public Optional<Checkpoint> latest() {
    List<Long> steps = checkpointSteps();
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(checkpoint(steps.get(steps.size() - 1)));
  }

  /** The checkpoint of one step, which need not exist. */
  public Checkpoint checkpoint(long step) {
    return new Checkpoint(checkpoints().resolve(name(step)));
  }

  static String name(long step) {
    return String.format(java.util.Locale.ROOT, "%06d", step);
  }
}
