package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Ring;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Relu;
import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.Term;
import dev.sparring.optim.Sgd;
import dev.sparring.recipe.Divergence;
import dev.sparring.recipe.DivergencePolicy;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RetryChange;
import dev.sparring.recipe.Train;
import dev.sparring.run.MetricsTable;
import dev.sparring.run.RecordedRecipe;
import dev.sparring.run.Retries;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunHold;
import dev.sparring.run.RunRecorder;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.DivergedException;
import dev.sparring.train.Retry;
import dev.sparring.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that diverge and are retried as their recipe says. */
public interface RetryConformance extends EngineUnderTest {
  /** A run that diverges by chance is completed with other random numbers, and repeats so. */
  @Test
  default void anotherSeedGoesOn(@TempDir Path dir) throws IOException {
    // A bit more often than not it gets through the three steps between checkpoints.
    Recipe recipe =
        recipe(
            new Mine(update -> update.random().uniform() < 0.2),
            retry(60, RetryChange.SEED),
            Sgd.sgd(0.01));
    try (Engine engine = open(Precision.FLOAT32)) {
      Result first = run(engine, recipe, dir.resolve("first"));
      assertTrue(first.isComplete, "it never got through");
      assertFalse(first.retries.isEmpty(), "it never diverged, so that nothing was shown");
      assertEquals(first.retries, first.training.progress().retries());
      assertEquals(first.numbers(), run(engine, recipe, dir.resolve("second")).numbers());

      List<Double> counts = new ArrayList<>();
      List<Long> steps = new ArrayList<>();
      MetricsTable.read(
          first.directory,
          row -> {
            steps.add(row.step());
            counts.add(row.figures().get("retries"));
          });
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), steps);
      assertEquals(counts.stream().sorted().toList(), counts, "retries never get fewer");
      assertEquals(first.retries.size(), counts.get(8));
      Retry last = first.retries.get(first.retries.size() - 1);
      String findings = Files.readString(first.directory.findings());
      assertTrue(findings.contains("step " + last.from() + ": " + last + "\n"), findings);
      String record = Files.readString(first.directory.provenance());
      assertTrue(record.contains("\"diverged\" : " + last.diverged()), record);
      assertTrue(
          Files.exists(first.directory.path().resolve("aside-1/metrics.csv")) == anyRows(first));
    }
  }

  private static boolean anyRows(Result result) {
    return result.retries.stream().anyMatch(r -> r.diverged() > r.from() + 1);
  }

  /** Numbers after a retry are those of the same rate without one. */
  @Test
  default void lowerRatesGoOn(@TempDir Path dir) throws IOException {
    Divergence lower = retry(3, RetryChange.RATES).factor(1e-32);
    Recipe recipe = recipe(new Mine(update -> false), lower, Sgd.sgd(1e30));
    Recipe low = recipe(new Mine(update -> false), lower, Sgd.sgd(1e30 * 1e-32));
    try (Engine engine = open(Precision.FLOAT32)) {
      Result result = run(engine, recipe, dir.resolve("high"));
      assertTrue(result.isComplete);
      assertEquals(1, result.retries.size());
      assertEquals(0, result.retries.get(0).from());
      assertEquals(RetryChange.RATES, result.retries.get(0).change());
      assertEquals(run(engine, low, dir.resolve("low")).numbers(), result.numbers());
    }
  }

  /**
   * A retry that reaches no new checkpoint goes back to the one before; then the run ends as
   * diverged.
   */
  @Test
  default void itGoesFurtherBackAndGivesUp(@TempDir Path dir) throws IOException {
    Recipe recipe =
        recipe(new Mine(update -> update.number() >= 7), retry(3, RetryChange.SEED), Sgd.sgd(0.01));
    try (Engine engine = open(Precision.FLOAT32)) {
      Result result = run(engine, recipe, dir.resolve("run"));
      assertFalse(result.isComplete);
      assertEquals(List.of(6L, 3L, 6L), result.retries.stream().map(Retry::from).toList());
      assertEquals(List.of(8L, 8L, 8L), result.retries.stream().map(Retry::diverged).toList());
      assertEquals("loss_d is NaN", result.retries.get(0).reason());
      assertTrue(Files.isDirectory(dir.resolve("run/aside-2/checkpoints/000006")));
      assertEquals(List.of(3L, 6L), result.directory.checkpointSteps());
      assertTrue(
          Files.readString(result.directory.provenance()).contains("\"status\" : \"diverged\""));
    }
  }

  /** Without a policy a divergence is the end. */
  @Test
  default void aRunStopsByDefault(@TempDir Path dir) throws IOException {
    Recipe recipe =
        recipe(new Mine(update -> update.number() >= 7), Divergence.divergence(), Sgd.sgd(0.01));
    try (Engine engine = open(Precision.FLOAT32)) {
      Result result = run(engine, recipe, dir.resolve("run"));
      assertFalse(result.isComplete);
      assertEquals(List.of(), result.retries);
      assertFalse(result.training.figures().contains("retries"));
    }
  }

  /** Is not finite in some updates of the discriminator. */
  record Mine(Predicate<DiscriminatorTerm.Update> goesOff) implements DiscriminatorTerm {
    @Override
    public Tensor value(Update update) {
      return update.engine().full(goesOff.test(update) ? Double.NaN : 0, Shape.SCALAR);
    }
  }

  /** What came of a run and its retries. */
  record Result(
      RunDirectory directory, Training training, List<Retry> retries, boolean isComplete) {
    Map<String, List<Double>> numbers() {
      return Numbers.of(training);
    }
  }

  private static Result run(Engine engine, Recipe recipe, Path folder) {
    RunDirectory directory = new RunDirectory(folder);
    List<Retry> retries = List.of();
    try (RunHold hold = RunHold.of(directory, line -> {})) {
      while (true) {
        Training training = Training.of(recipe, engine);
        boolean isResumed = !retries.isEmpty();
        if (isResumed) {
          hold.restore(training, OptionalLong.of(retries.get(retries.size() - 1).from()));
        }
        var recorded = RecordedRecipe.ofProgram();
        training.listen(
            isResumed ? RunRecorder.resumed(hold, recorded) : RunRecorder.fresh(hold, recorded));
        try {
          training.run();
          return new Result(directory, training, retries, true);
        } catch (DivergedException e) {
          List<Retry> all = Retries.goBack(hold, recipe, e);
          if (all.isEmpty()) {
            return new Result(directory, training, retries, false);
          }
          retries = all;
        }
      }
    }
  }

  private static Divergence retry(int times, RetryChange change) {
    return Divergence.divergence().policy(DivergencePolicy.RETRY).times(times).change(change);
  }

  private static Recipe recipe(Term term, Divergence divergence, Sgd optimizer) {
    return Gan.named("test")
        .data(Ring.ring().points(64))
        .generator(g -> g.latent(3).layers(Dense.dense(8), Relu.relu(), Dense.dense(2)))
        .discriminator(
            d -> d.layers(Dense.dense(7), Relu.relu(), Dropout.dropout(), Dense.dense(1)))
        .terms(term)
        .optimizers(optimizer, optimizer)
        .train(Train.train().steps(9).batch(5))
        .output(Output.output().checkpointsEvery(3).keepCheckpoints(2))
        .divergence(divergence)
        .build();
  }
}
