package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Data;
import dev.sparring.data.DataException;
import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.data.InMemory;
import dev.sparring.data.Ring;
import dev.sparring.eval.Evaluation;
import dev.sparring.eval.ScheduledEvaluation;
import dev.sparring.extract.Pixels;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Evaluate;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Output;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.run.RecordedRecipe;
import dev.sparring.run.RunData;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunException;
import dev.sparring.run.RunHold;
import dev.sparring.run.RunRecorder;
import dev.sparring.run.Runs;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that a program gives: checked, recorded, and never mistaken for the recipe's. */
public interface GivenDataConformance extends EngineUnderTest {
  /** A recipe of points that are far from the ring. */
  private static Recipe recipe(Data data) {
    return Gan.named("own")
        .data(data)
        .generator(g -> g.latent(2).layers(Dense.dense(4), Relu.relu(), Dense.dense(2)))
        .discriminator(d -> d.layers(Dense.dense(4), Relu.relu(), Dense.dense(1)))
        .train(Train.train().steps(2).batch(4))
        .output(Output.output().metricsEvery(1))
        .build();
  }

  private static Recipe images(Data data) {
    return Gan.named("images")
        .data(data)
        .generator(g -> g.latent(2).layers(Dense.dense(4), Reshape.reshape(1, 2, 2)))
        .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
        .train(Train.train().steps(4).batch(2))
        .build();
  }

  private static DataSet points() {
    float[] values = new float[40];
    for (int i = 0; i < values.length; i++) {
      values[i] = 50 + i;
    }
    return DataSets.of(Shape.of(2), values, null);
  }

  /** A data set whose reading is the test's. */
  private static DataSet reading(Shape shape, Consumer<Target> reading) {
    return new DataSet() {
      @Override
      public Shape sampleShape() {
        return shape;
      }

      @Override
      public int size() {
        return 6;
      }

      @Override
      public void read(int index, float[] target, int offset) {
        reading.accept(new Target(index, target, offset));
      }

      @Override
      public OptionalInt label(int index) {
        return OptionalInt.empty();
      }

      @Override
      public String fingerprint() {
        return "the test's";
      }
    };
  }

  /** Where a sample is written to. */
  @SuppressWarnings("ArrayRecordComponent") // handed to a test's lambda, and compared with nothing
  record Target(int index, float[] values, int offset) {
    void fill(int count, float value) {
      Arrays.fill(values, offset, offset + count, value);
    }
  }

  private String refused(Recipe recipe, DataSet data) {
    try (Engine engine = open(Precision.FLOAT32)) {
      return String.valueOf(
          assertThrows(
                  DataException.class, () -> Training.of(GamePlan.of(recipe), engine, data).run())
              .getMessage());
    }
  }

  /** Shapes are compared before the first step. */
  @Test
  default void anotherShapeIsRefused() {
    assertEquals(
        "data: the data set has samples of shape (3), the recipe's data has (2)",
        refused(recipe(Ring.ring()), DataSets.of(Shape.of(3), new float[9], null)));
  }

  /** Readings that write too much would change the next sample. */
  @Test
  default void aReadingIsOneWholeSample() {
    Recipe recipe = images(InMemory.images(new float[8], Shape.of(1, 2, 2)));
    Shape shape = Shape.of(1, 2, 2);
    assertEquals(
        "data: sample 0: read writes 5 values, a sample of shape (1, 2, 2) has 4 from the offset on",
        refused(recipe, reading(shape, t -> t.fill(5, 0))));
    assertEquals(
        "data: sample 0: read writes only 3 values, a sample of shape (1, 2, 2) has 4",
        refused(recipe, reading(shape, t -> t.fill(3, 0))));
  }

  /** Each value of the first epoch is looked at, with the sample that has it. */
  @Test
  default void valuesAreLookedAt() {
    Recipe recipe = images(InMemory.images(new float[8], Shape.of(1, 2, 2)));
    Shape shape = Shape.of(1, 2, 2);
    assertEquals(
        "data: sample 4: value 0 is 255.0, images hold values in [-1, 1]",
        refused(recipe, reading(shape, t -> t.fill(4, t.index() == 4 ? 255 : 0))));
    assertEquals(
        "data: sample 5: value 0 is NaN, images hold values in [-1, 1]",
        refused(recipe, reading(shape, t -> t.fill(4, t.index() == 5 ? Float.NaN : 0))));
    assertEquals(
        "data: sample 3: value 0 is Infinity, values must be finite",
        refused(
            recipe(Ring.ring()),
            reading(Shape.of(2), t -> t.fill(2, t.index() == 3 ? Float.POSITIVE_INFINITY : 9))));
  }

  /** Values of points are unlimited, and rounding does not make an image wrong. */
  @Test
  default void rightValuesAreTrained() {
    Starts.withDoubles(
        this,
        engine -> {
          Training.of(GamePlan.of(recipe(Ring.ring())), engine, points()).run();
          DataSet rounded = reading(Shape.of(1, 2, 2), t -> t.fill(4, 1.0001f));
          Training.of(images(Data.of(rounded)), engine).run();
        });
  }

  /** A recipe's own data needs no stand-in, and its run can be opened with it. */
  @Test
  default void aRecipeHasADataSet(@TempDir Path dir) {
    Starts.withDoubles(
        this,
        engine -> {
          Recipe recipe = recipe(Data.of(points()));
          RunDirectory run = new RunDirectory(dir.resolve("run"));
          Training training = record(Training.of(recipe, engine), run);
          assertFalse(training.isDataGiven());
          assertFalse(Files.exists(run.recipe()));
          assertFalse(text(run).contains("dataGivenByProgram"));
          DataSet real = RunData.open(run, recipe, line -> {});
          Evaluation.of(
              Runs.sampler(run, recipe, engine), recipe.data(), real, new Pixels(), 20, 1);
          assertEquals(
              run.path()
                  + ": its recipe has no text, because a program trained it; "
                  + "open it there, with Runs and RunData",
              assertThrows(RunException.class, () -> RecordedRecipe.read(run)).getMessage());
        });
  }

  /** A run whose recipe names other data than it was trained on is not measured by it. */
  @Test
  default void aStandInIsNotMeasured(@TempDir Path dir) {
    Starts.withDoubles(
        this,
        engine -> {
          Recipe recipe = recipe(Ring.ring());
          RunDirectory run = new RunDirectory(dir.resolve("run"));
          DataSet own = points();
          record(Training.of(GamePlan.of(recipe), engine, own), run);
          assertTrue(text(run).contains("\"dataGivenByProgram\" : true"), text(run));
          DataSet ring = recipe.data().open(new Seed(recipe.train().seed()), line -> {});
          assertEquals(
              run.provenance()
                  + ": the run was trained on data that its program gave, of SHA-256 "
                  + own.fingerprint()
                  + ", not on its recipe's (this data has SHA-256 "
                  + ring.fingerprint()
                  + "); measure or resume it in that program, with that data",
              assertThrows(RunException.class, () -> RunData.open(run, recipe, line -> {}))
                  .getMessage());
          RunData.require(run, own);
          String far =
              String.valueOf(
                  assertThrows(
                          IllegalArgumentException.class,
                          () ->
                              Evaluation.of(
                                  Runs.sampler(run, recipe, engine),
                                  recipe.data(),
                                  own,
                                  new Pixels(),
                                  20,
                                  1))
                      .getMessage());
          assertTrue(far.startsWith("data: sample 0 is 70.42"), far);
          assertTrue(far.endsWith("it is trained on: csv, InMemory.points or Data.of"), far);
          Recipe measured = recipe.evaluate(Evaluate.evaluate());
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  ScheduledEvaluation.attach(
                      Training.of(GamePlan.of(measured), engine, own), line -> {}));
        });
  }

  /** A run directory never has a recipe.yaml that is none. */
  @Test
  default void aTextThatIsNoRecipeIsRefused(@TempDir Path dir) {
    Starts.withDoubles(
        this,
        engine -> {
          RunDirectory run = new RunDirectory(dir.resolve("run"));
          assertEquals(
              "recipe.yaml: the text of the recipe 'own' is none, it lacks 'name:'; "
                  + "RecipeText.toYaml(recipe, true) writes one, and RecordedRecipe.ofProgram() "
                  + "is for recipes without text",
              fails(engine, run, "?"));
          assertEquals(
              "recipe.yaml: the text is of another recipe, not of the training's 'own'",
              fails(engine, run, "name: ring\ndata: ring\ngenerator: {}\ndiscriminator: {}\n"));
          assertEquals(
              "recipe.yaml: the text is of another recipe, not of the training's 'own'",
              fails(engine, run, "name: owner\ndata: ring\ngenerator: {}\ndiscriminator: {}\n"));
          assertFalse(run.isUsed());
        });
  }

  /** Figures of one column are compared with the same held-out data, also after a resume. */
  @Test
  default void heldOutDataIsRecorded(@TempDir Path dir) {
    Starts.withDoubles(
        this,
        engine -> {
          DataSet held = heldOut(0.5f);
          DataSet other = heldOut(0.25f);
          RunDirectory run = new RunDirectory(dir.resolve("run"));
          record(measured(engine, held), run);
          assertTrue(
              text(run).contains("\"evaluate.data\" : \"" + held.fingerprint() + "\""), text(run));
          RunData.requireCompared(run, ScheduledEvaluation.COMPARED, held, line -> {});
          String refusal =
              run.provenance()
                  + ": the run was measured by other held-out data, evaluate.data of SHA-256 "
                  + held.fingerprint()
                  + "; this data has "
                  + other.fingerprint()
                  + ": bring the data back, or train anew";
          assertEquals(
              refusal,
              assertThrows(
                      RunException.class,
                      () ->
                          RunData.requireCompared(
                              run, ScheduledEvaluation.COMPARED, other, line -> {}))
                  .getMessage());
          Training resumed = measured(engine, other);
          try (RunHold hold = RunHold.of(run, line -> {})) {
            hold.restore(resumed, OptionalLong.empty());
            resumed.listen(RunRecorder.resumed(hold, RecordedRecipe.ofProgram()));
            assertEquals(refusal, assertThrows(RunException.class, resumed::run).getMessage());
          }
        });
  }

  /** Another program's run, or one of an earlier version, does not say it. */
  @Test
  default void unknownHeldOutDataIsSaid(@TempDir Path dir) {
    Starts.withDoubles(
        this,
        engine -> {
          RunDirectory run = new RunDirectory(dir.resolve("run"));
          record(Training.of(images(Data.of(heldOut(0))), engine), run);
          List<String> lines = new ArrayList<>();
          RunData.requireCompared(run, ScheduledEvaluation.COMPARED, heldOut(0), lines::add);
          assertEquals(
              List.of(
                  run.path()
                      + ": no run.json says which evaluate.data it had; the recipe's is taken for"
                      + " it"),
              lines);
        });
  }

  private static DataSet heldOut(float value) {
    float[] values = new float[48];
    for (int i = 0; i < values.length; i++) {
      values[i] = value - i / 100f;
    }
    return DataSets.of(Shape.of(1, 2, 2), values, null);
  }

  private static Training measured(Engine engine, DataSet held) {
    Recipe recipe =
        images(Data.of(heldOut(0)))
            .evaluate(Evaluate.evaluate().data(Data.of(held)).every(2).samples(12));
    return ScheduledEvaluation.attach(Training.of(recipe, engine), line -> {});
  }

  private static String fails(Engine engine, RunDirectory run, String text) {
    Training training = Training.of(recipe(Ring.ring()), engine);
    training.listen(RunRecorder.fresh(run, text));
    return String.valueOf(assertThrows(RunException.class, training::run).getMessage());
  }

  private static Training record(Training training, RunDirectory run) {
    training.listen(RunRecorder.fresh(run, RecordedRecipe.ofProgram())).run();
    return training;
  }

  private static String text(RunDirectory run) {
    try {
      return Files.readString(run.provenance());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
