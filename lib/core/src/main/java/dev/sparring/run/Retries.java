package dev.sparring.run;

import dev.sparring.file.Reason;
import dev.sparring.recipe.Divergence;
import dev.sparring.recipe.Recipe;
import dev.sparring.train.DivergedException;
import dev.sparring.train.Ending;
import dev.sparring.train.Progress;
import dev.sparring.train.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes a run back after it has diverged, as its recipe's {@link Divergence} says. Going on is a
 * resume: of a new training, which a {@link RunHold} sets to the newest checkpoint and a resumed
 * {@link RunRecorder} records. What the checkpoint's {@code state.json} says of retries decides the
 * seed and the rates from there on, so that a retry survives a kill as everything else does.
 *
 * <pre>{@code
 * Retries.train(hold, recipe, System.out::println, back -> {
 *   Training training = Training.ofOpened(plan, engine, data);
 *   if (back.isPresent()) {
 *     hold.restore(training, back);
 *   }
 *   training.listen(
 *       back.isPresent()
 *           ? RunRecorder.resumed(hold, recorded)
 *           : RunRecorder.fresh(hold, recorded));
 *   return training.run();
 * });
 * }</pre>
 */
public final class Retries {
  private Retries() {}

  /** A training of a run. */
  @FunctionalInterface
  public interface Attempt {
    /**
     * Trains until it ends.
     *
     * @param back the step of the checkpoint to go on from after a divergence; empty the first time
     * @throws DivergedException if it diverges
     */
    Ending train(OptionalLong back);
  }

  /**
   * Trains until it ends, or diverges and may not go back.
   *
   * @param hold of the run's directory
   * @param recipe of the run
   * @param log receives a line about each return
   * @param attempt each a training of its own
   * @throws DivergedException if it may not go back
   * @throws RunException if a checkpoint cannot be written
   */
  public static Ending train(RunHold hold, Recipe recipe, Consumer<String> log, Attempt attempt) {
    return train(hold, recipe, log, attempt, goesOn -> {});
  }

  /**
   * The same.
   *
   * @param decided is told after each divergence whether it goes on, before it does or throws
   */
  public static Ending train(
      RunHold hold,
      Recipe recipe,
      Consumer<String> log,
      Attempt attempt,
      Consumer<Boolean> decided) {
    OptionalLong back = OptionalLong.empty();
    while (true) {
      try {
        return attempt.train(back);
      } catch (DivergedException e) {
        List<Retry> retries = goBack(hold, recipe, e);
        decided.accept(!retries.isEmpty());
        if (retries.isEmpty()) {
          throw e;
        }
        Retry last = retries.get(retries.size() - 1);
        log.accept(last + " (retry " + retries.size() + " of " + recipe.divergence().times() + ")");
        back = OptionalLong.of(last.from());
      }
    }
  }

  /**
   * Goes back to the newest whole checkpoint; if nothing newer was reached since the last return to
   * it, to the one before, if one is kept. What is later is put aside as the next training starts.
   *
   * @param hold of the run's directory
   * @param recipe of the run
   * @param divergence how the run ended
   * @return all returns of the run, this one last, whose {@link Retry#from} is the step of the
   *     checkpoint to restore; empty if the recipe stops at a divergence or allows no more, or if
   *     no checkpoint is whole
   * @throws RunException if the checkpoint cannot be written
   */
  public static List<Retry> goBack(RunHold hold, Recipe recipe, DivergedException divergence) {
    Divergence settings = recipe.divergence();
    if (!settings.retries()) {
      return List.of();
    }
    CheckpointSearch search = CheckpointSearch.of(hold.directory(), Set.of());
    Optional<Checkpoint> newest = search.whole();
    if (!search.damaged().isEmpty()) {
      hold.say(hold.directory().path() + ": " + search.problems());
    }
    if (newest.isEmpty()) {
      return List.of();
    }
    Progress reached = newest.get().progress();
    List<Retry> earlier = reached.retries();
    if (earlier.size() >= settings.times()) {
      return List.of();
    }
    Checkpoint target =
        isTried(reached)
            ? CheckpointSearch.before(hold.directory(), reached.step()).whole().orElse(newest.get())
            : newest.get();
    CheckpointState state = target.state();
    Progress progress =
        state
            .progress()
            .retries(earlier)
            .after(
                new Retry(
                    divergence.step(),
                    state.progress().step(),
                    settings.change(),
                    divergence.reason()));
    try {
      target.replace(state.progress(progress));
    } catch (IOException e) {
      throw new RunException(Reason.line(e, target.path(), "cannot be written"), e);
    }
    return progress.retries();
  }

  /**
   * All returns of a run, the first one first, as its {@code run.json} says.
   *
   * @throws RunException if it is damaged
   */
  public static List<Retry> recorded(RunDirectory run) {
    if (!Files.exists(run.provenance())) {
      return List.of();
    }
    try {
      return RetryJson.read(RunSummary.facts(run).get(RetryJson.KEY));
    } catch (DamageException e) {
      throw new RunException(run.provenance() + ": is damaged: " + e.getMessage(), e);
    }
  }

  /** Whether the run has gone on from here before, and reached no other checkpoint. */
  private static boolean isTried(Progress reached) {
    List<Retry> retries = reached.retries();
    return !retries.isEmpty() && retries.get(retries.size() - 1).from() == reached.step();
  }
}
