package dev.sparring.run;

import dev.sparring.data.DataException;
import dev.sparring.data.DataSet;
import dev.sparring.recipe.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The data that a run was trained on. Whatever looks at a run opens its data here, so that samples
 * are never compared with data that their generator did not see.
 */
public final class RunData {
  static final String DATA = "data";

  /** Fingerprints of the data that figures were compared with, by place in the recipe. */
  static final String COMPARED = "comparedData";

  static final String GIVEN = "dataGivenByProgram";

  private RunData() {}

  /**
   * Opens the data of a run's recipe.
   *
   * @param recipe the run's own recipe, from {@link RunDirectory#recipe}
   * @param log receives what {@link dev.sparring.data.Data#open} says, and a line if {@code
   *     run.json} does not say on which data the run was trained
   * @throws RunException if the run was trained on other data
   * @throws DataException if the data is missing
   */
  public static DataSet open(RunDirectory run, Recipe recipe, Consumer<String> log) {
    DataSet data;
    try {
      data = recipe.openData(log);
    } catch (DataException e) {
      Map<String, Object> facts = facts(run);
      if (isGiven(facts)) {
        throw given(
            run.provenance(), String.valueOf(facts.get(DATA)), String.valueOf(e.getMessage()));
      }
      throw e;
    }
    if (!(facts(run).get(DATA) instanceof String)) {
      log.accept(
          run.path()
              + ": no run.json says on which data it was trained; the recipe's is taken for it");
    }
    require(run, data);
    return data;
  }

  /**
   * Refuses data on which a run was not trained.
   *
   * @throws RunException if {@code run.json} has another fingerprint
   */
  public static void require(RunDirectory run, DataSet data) {
    require(run.provenance(), facts(run), data);
  }

  /**
   * Refuses held-out data by which a run was not measured while it was trained.
   *
   * @param place of that data in the recipe
   * @param log receives a line if {@code run.json} does not say which data it was
   * @throws RunException if {@code run.json} has another fingerprint
   */
  public static void requireCompared(
      RunDirectory run, String place, DataSet data, Consumer<String> log) {
    Map<String, Object> facts = facts(run);
    if (compared(facts, place) == null) {
      log.accept(
          run.path()
              + ": no run.json says which "
              + place
              + " it had; the recipe's is taken for it");
    }
    requireCompared(run.provenance(), facts, place, data.fingerprint());
  }

  static void requireCompared(Path file, Map<String, Object> facts, String place, String found) {
    Object recorded = compared(facts, place);
    if (recorded != null && !recorded.equals(found)) {
      throw new RunException(
          file
              + ": the run was measured by other held-out data, "
              + place
              + " of SHA-256 "
              + recorded
              + "; this data has "
              + found
              + ": bring the data back, or train anew");
    }
  }

  private static @Nullable Object compared(Map<String, Object> facts, String place) {
    return facts.get(COMPARED) instanceof Map<?, ?> all ? all.get(place) : null;
  }

  static void require(Path file, Map<String, Object> facts, DataSet data) {
    Object recorded = facts.get(DATA);
    if (recorded == null) {
      return;
    }
    String found = data.fingerprint();
    if (recorded.equals(found)) {
      return;
    }
    if (isGiven(facts)) {
      throw given(file, recorded, "this data has SHA-256 " + found);
    }
    throw new RunException(
        file
            + ": the run was begun on other data, of SHA-256 "
            + recorded
            + "; this data has "
            + found
            + ": bring the data back, or train anew");
  }

  /** Whether a run's data was given by its program, as {@code run.json} says. */
  static boolean isGiven(Map<String, Object> facts) {
    return Boolean.TRUE.equals(facts.get(GIVEN));
  }

  private static RunException given(Path file, Object recorded, String found) {
    return new RunException(
        file
            + ": the run was trained on data that its program gave, of SHA-256 "
            + recorded
            + ", not on its recipe's ("
            + found
            + "); measure or resume it in that program, with that data");
  }

  private static Map<String, Object> facts(RunDirectory run) {
    return Files.exists(run.provenance()) ? RunSummary.facts(run) : Map.of();
  }
}
