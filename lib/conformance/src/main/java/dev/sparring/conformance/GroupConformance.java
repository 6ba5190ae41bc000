package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.plan.GamePlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Group;
import dev.sparring.tensor.GroupAddress;
import dev.sparring.tensor.Precision;
import dev.sparring.train.Batch;
import dev.sparring.train.DivergedException;
import dev.sparring.train.Ending;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Processes;
import dev.sparring.train.Progress;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several processes that train together do what one does with the same recipe. */
public interface GroupConformance extends EngineUnderTest {
  /** The groups of a test by number, for an engine each; of threads unless overridden. */
  default IntFunction<Group> groups(int size, IntFunction<Engine> engines) {
    return Together.groups(size);
  }

  /** The cases. */
  static Stream<String> names() {
    return GroupCases.all().keySet().stream();
  }

  /** What a training has come to: its tensors, and the losses of its steps. */
  record Result(Map<String, double[]> tensors, List<double[]> losses, Ending ending) {
    /** Those of one of its tensors. */
    double[] numbers(String path) {
      return Objects.requireNonNull(tensors.get(path), path);
    }
  }

  /** Two and four of them. In double precision only the order of sums is another. */
  @ParameterizedTest
  @MethodSource("names")
  default void theyDoWhatOneDoes(String name) {
    Recipe recipe = GroupCases.named(name);
    Result one = together(recipe, Precision.FLOAT64, 1).get(0);
    for (int size : new int[] {2, 4}) {
      List<Result> all = together(recipe, Precision.FLOAT64, size);
      for (Result each : all) {
        near(one, each, size + " processes");
        equal(all.get(0), each, true);
      }
    }
  }

  private static void near(Result one, Result other, String what) {
    assertEquals(one.tensors().keySet(), other.tensors().keySet(), what);
    one.tensors()
        .forEach(
            (path, wanted) -> {
              double[] found = other.numbers(path);
              for (int i = 0; i < wanted.length; i++) {
                double allowed = 1e-9 * (1 + Math.abs(wanted[i]));
                assertEquals(wanted[i], found[i], allowed, what + ": " + path + " at " + i);
              }
            });
    for (int s = 0; s < one.losses().size(); s++) {
      assertArrayEquals(one.losses().get(s), other.losses().get(s), 1e-10, what);
    }
  }

  /** Two sums of two numbers are one: all but running averages have the same bits. */
  @ParameterizedTest
  @MethodSource("names")
  default void twoBatchesInTwoProcessesHaveTheBitsOfOne(String name) {
    Recipe four = GroupCases.named(name);
    Recipe recipe = four.train(four.train().accumulate(2).steps(6));
    Result one = together(recipe, Precision.FLOAT32, 1).get(0);
    for (Result each : together(recipe, Precision.FLOAT32, 2)) {
      equal(one, each, false);
      for (int s = 0; s < one.losses().size(); s++) {
        assertArrayEquals(one.losses().get(s), each.losses().get(s), 0);
      }
    }
  }

  private static void equal(Result one, Result other, boolean averages) {
    one.tensors()
        .forEach(
            (path, wanted) -> {
              if (averages || !path.contains("running_")) {
                assertArrayEquals(wanted, other.numbers(path), path);
              }
            });
  }

  /** The others begin with the state of the first, wherever it comes from. */
  @Test
  default void theyBeginWithTheFirstsState() {
    Recipe recipe = GroupCases.named("bssn");
    List<Result> whole = together(recipe, Precision.FLOAT32, 2);
    List<Result> parts =
        play(
            recipe,
            Precision.FLOAT32,
            2,
            (training, rank) -> {
              if (rank == 0) {
                // Trained alone for no steps, and set to what two have come to after one.
                Recipe first = recipe.train(recipe.train().steps(1));
                Result begun = together(first, Precision.FLOAT32, 2).get(0);
                training
                    .tensors()
                    .forEach(
                        (group, tensors) ->
                            tensors.forEach(
                                (path, t) ->
                                    t.assign(
                                        training
                                            .engine()
                                            .upload(
                                                begun.numbers(group + "/" + path), t.shape()))));
                training.resume(new Progress(1, 0, Map.of("generator", 2L, "discriminator", 1L)));
              }
            });
    equal(whole.get(0), parts.get(0), true);
    equal(whole.get(0), parts.get(1), true);
    assertEquals(2, parts.get(1).losses().size());
  }

  /** One is asked to stop; all do after the same step. */
  @Test
  default void allStopTogether() {
    Recipe recipe = GroupCases.named("plain");
    Recipe longer = recipe.train(recipe.train().steps(50));
    List<Result> all =
        play(
            longer,
            Precision.FLOAT32,
            2,
            (training, rank) -> {
              if (rank == 1) {
                training.listen(
                    new TrainingListener() {
                      @Override
                      public void stepped(Training t, Step step) {
                        if (step.number() == 3) {
                          t.requestStop();
                        }
                      }
                    });
              }
            });
    assertEquals(Ending.STOPPED, all.get(0).ending());
    assertEquals(Ending.STOPPED, all.get(1).ending());
    assertEquals(4, all.get(0).losses().size());
    assertEquals(4, all.get(1).losses().size());
  }

  /** A loss that is not finite in one process ends all at that step, with the same words. */
  @Test
  default void allDivergeTogether() {
    Recipe recipe = GroupCases.named("plain");
    List<String> messages = new ArrayList<>();
    IntFunction<Group> groups = Together.groups(2);
    messages.addAll(
        Together.run(
            2,
            rank -> {
              try (Engine engine = open(Precision.FLOAT32)) {
                Training training = Training.of(recipe, engine);
                training.join(new Processes(groups.apply(rank), List.of("a", "b")));
                GameInputs own = training.inputs();
                training.inputs(
                    new GameInputs() {
                      @Override
                      public Batch real(long batch) {
                        Batch b = own.real(batch);
                        // Batch 5 is of the second process, in step 2.
                        return batch == 5 ? b.x(b.x().times(Double.NaN)) : b;
                      }

                      @Override
                      public Batch forDiscriminator(long batch) {
                        return own.forDiscriminator(batch);
                      }

                      @Override
                      public Batch forGenerator(long batch) {
                        return own.forGenerator(batch);
                      }
                    });
                return assertThrows(DivergedException.class, training::run).getMessage();
              }
            }));
    assertEquals(messages.get(0), messages.get(1));
    assertTrue(messages.get(0).contains("loss_d is NaN"), messages.get(0));
  }

  /** Texts of all lengths and alphabets, and none. */
  @Test
  default void textsAreGathered() {
    for (Precision precision : EngineUnderTest.FORMATS) {
      try (Engine a = open(precision);
          Engine b = open(precision)) {
        List<Engine> engines = List.of(a, b);
        IntFunction<Group> groups = groups(2, engines::get);
        List<String> own = List.of("", "é, 目 and \n" + "x".repeat(300));
        for (List<String> found :
            Together.run(2, r -> groups.apply(r).gather(engines.get(r), own.get(r)))) {
          assertEquals(own, found);
        }
      }
    }
  }

  /** What cannot be shared is refused in one line. */
  @Test
  default void whatCannotBeSharedIsRefused() {
    Recipe recipe = GroupCases.named("plain");
    GamePlan three = GamePlan.of(recipe.train(recipe.train().accumulate(3)));
    assertEquals(
        "train.accumulate: 3 batches in an update cannot be shared by 2 processes; set it to a"
            + " multiple of 2",
        assertThrows(RecipeException.class, () -> Processes.require(three, 2)).getMessage());
    GamePlan one = GamePlan.of(recipe.train(recipe.train().accumulate(1)));
    assertEquals(
        "train.accumulate: 1 batch in an update cannot be shared by 2 processes; set it to a"
            + " multiple of 2, and train.batch to what one of them takes",
        assertThrows(RecipeException.class, () -> Processes.require(one, 2)).getMessage());
    Recipe pool = GroupCases.cycle(50);
    assertEquals(
        "discriminator.pool: 50 remembered samples are filled in the order of batches, by one"
            + " process; set it to 0, or train in one process",
        assertThrows(RecipeException.class, () -> Processes.require(GamePlan.of(pool), 2))
            .getMessage());
    Processes.require(one, 1);
  }

  /** An engine without the ability says so. */
  @Test
  default void anEngineThatCannotSaysSo() {
    try (Engine engine = open(Precision.FLOAT32)) {
      assumeTrue(!engine.abilities().contains(Ability.GROUPS));
      EngineException e =
          assertThrows(
              EngineException.class, () -> engine.join(new GroupAddress("127.0.0.1", 29500, 0, 2)));
      assertEquals(
          "the engine "
              + engine.name()
              + " trains in one process; --engine torch trains in several",
          e.getMessage());
    }
  }

  /** Prepares the training of a process. */
  @FunctionalInterface
  interface Preparation {
    /** Before it runs. */
    void prepare(Training training, int rank);
  }

  private List<Result> together(Recipe recipe, Precision precision, int size) {
    return play(recipe, precision, size, (training, rank) -> {});
  }

  private List<Result> play(Recipe recipe, Precision precision, int size, Preparation preparation) {
    List<Engine> engines = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      engines.add(open(precision));
    }
    try {
      IntFunction<Group> groups = size == 1 ? r -> Group.ALONE : groups(size, engines::get);
      return Together.run(
          size,
          rank -> {
            try (Group group = groups.apply(rank)) {
              return play(recipe, engines.get(rank), group, preparation);
            }
          });
    } finally {
      engines.forEach(Engine::close);
    }
  }

  private static Result play(Recipe recipe, Engine engine, Group group, Preparation preparation) {
    GamePlan plan = GamePlan.of(recipe);
    Training training =
        Training.ofOpened(plan, engine, recipe.data().open(new Seed(11), line -> {}));
    if (group.size() > 1) {
      training.join(new Processes(group, List.of()));
    }
    List<double[]> losses = new ArrayList<>();
    training.listen(
        new TrainingListener() {
          @Override
          public void stepped(Training t, Step step) {
            losses.add(Step.LOSSES.stream().mapToDouble(step.figures()::get).toArray());
          }
        });
    preparation.prepare(training, group.rank());
    Ending ending = training.run();
    Map<String, double[]> tensors = new TreeMap<>();
    training
        .tensors()
        .forEach(
            (name, all) -> all.forEach((path, t) -> tensors.put(name + "/" + path, t.toDoubles())));
    return new Result(tensors, losses, ending);
  }
}
