package dev.sparring.run;

import dev.sparring.file.Reason;
import dev.sparring.recipe.Divergence;
import dev.sparring.recipe.Recipe;
import dev.sparring.train.DivergedException;
import dev.sparring.train.Progress;
import dev.sparring.train.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a run back after it has diverged, as its recipe's {@link Divergence} says. Going on is a
 * resume: of a new training, which a {@link RunHold} sets to the newest checkpoint and a resumed
 * {@link RunRecorder} records. What the checkpoint's {@code state.json} says of retries decides the
 * seed and the rates from there on, so that a retry survives a kill as everything else does.
 *
 * <pre>{@code
 * try {
 *   training.run();
 * } catch (DivergedException e) {
 *   List<Retry> retries = Retries.goBack(hold, recipe, e);
 *   if (retries.isEmpty()) {
 *     throw e;
 *   }
 *   long step = retries.get(retries.size() - 1).from();
 *   Training again = Training.ofOpened(plan, engine, data);
 *   hold.restore(again, OptionalLong.of(step));
 *   again.listen(RunRecorder.resumed(hold, recorded)).run();
 * }
 * }</pre>
 */
public final class Retries {
  private Retries() {}

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
