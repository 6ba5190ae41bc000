package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.GameInputs;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Trainings from given weights, noise and samples, against PyTorch. */
final class GivenTraining {
  /**
   * Sooner or later, one of a million numbers is so close to the kink of an activation that single
   * precision puts it on the other side. From there on the two trainings differ slightly: by 5e-4
   * of the losses at step 20 where this was observed.
   */
  private static final double AFTER_A_FLIP = 3e-3;

  /** Steps in which this has not been observed. */
  private static final int BEFORE_A_FLIP = 5;

  private static final String AVERAGE = Training.average("");

  private GivenTraining() {}

  static void play(
      EngineUnderTest test, Precision precision, String file, String name, Recipe recipe) {
    play(test, precision, file, name, recipe, BEFORE_A_FLIP);
  }

  /**
   * The same with another number of steps before a flip. Adam without momentum has flips of its
   * own: in its first step it moves every weight by the rate, in the direction of a gradient that
   * may be nothing but rounding.
   */
  static void play(
      EngineUnderTest test,
      Precision precision,
      String file,
      String name,
      Recipe recipe,
      int beforeFlip) {
    Golden golden =
        Golden.load(file).cases().stream()
            .filter(c -> c.text("name").equals(name))
            .findFirst()
            .orElseThrow();
    boolean exact = precision == Precision.FLOAT64;
    double forFirstLosses = exact ? 1e-10 : 1e-5;
    double forLosses = exact ? 1e-10 : AFTER_A_FLIP;
    double forWeights = exact ? 1e-10 : AFTER_A_FLIP;
    try (Engine engine = test.open(precision)) {
      Training training = Training.of(recipe, engine).inputs(new GivenInputs(engine, recipe));
      Map<String, Tensor> tensors = tensors(training);
      golden.object("start").names().forEach(path -> start(engine, tensors, golden, path));
      tensors.forEach(
          (path, t) -> {
            if (path.startsWith(AVERAGE)) {
              t.assign(tensor(tensors, path.substring(AVERAGE.length())));
            }
          });
      List<Step> steps = new ArrayList<>();
      training.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training t, Step step) {
              steps.add(step);
            }
          });
      training.run();
      Deviation firstLosses = new Deviation();
      Deviation losses = new Deviation();
      for (int i = 0; i < steps.size(); i++) {
        Map<String, Double> figures = steps.get(i).figures();
        for (String figure : List.of("loss_d", "loss_g")) {
          double found = figures.getOrDefault(figure, Double.NaN);
          (i < beforeFlip ? firstLosses : losses)
              .see(golden.numbers(figure)[i], found, figure + " of step " + (i + 1));
        }
      }
      assertEquals(recipe.train().steps(), steps.size());
      firstLosses.check(forFirstLosses);
      losses.check(forLosses);
      Set<String> expected = new TreeSet<>(golden.object("final").names());
      assertEquals(expected, new TreeSet<>(tensors.keySet()), "the tensors of both networks");
      Deviation weights = new Deviation();
      for (String path : expected) {
        double[] found = tensor(tensors, path).toDoubles();
        Values reference = golden.object("final").tensor(path);
        assertEquals(reference.shape(), tensor(tensors, path).shape(), path);
        for (int i = 0; i < found.length; i++) {
          weights.see(reference.at(i), found[i], path + "[" + i + "]");
        }
      }
      weights.check(forWeights);
      // From the reference's own weights, so that such a flip does not blur the comparison.
      expected.forEach(
          path -> tensor(tensors, path).assign(golden.object("final").tensor(path).on(engine)));
      Deviation sample = new Deviation();
      float[] images =
          training
              .sampler()
              .decode(
                  Values.random(70_000, 3, recipe.generator().latent())
                      .scaled(2, 0)
                      .on(engine)
                      .toFloats(),
                  3);
      for (int i = 0; i < images.length; i++) {
        sample.see(golden.tensor("sample").at(i), images[i], "sample[" + i + "]");
      }
      sample.check(exact ? 1e-6 : 1e-5);
    }
  }

  /** The tensors of the networks and beside them, without the states of the optimizers. */
  private static Map<String, Tensor> tensors(Training training) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    training.tensors().values().forEach(all::putAll);
    all.keySet().removeIf(path -> path.startsWith("optimizer."));
    return all;
  }

  /** Sets a tensor to the reference's initial numbers. */
  static void start(Engine engine, Map<String, Tensor> tensors, Golden golden, String path) {
    Golden how = golden.object("start").object(path);
    Tensor target = tensor(tensors, path);
    int[] dims = target.shape().dims().stream().mapToInt(Integer::intValue).toArray();
    Values values =
        Values.random(how.integer("seed"), dims).scaled(how.number("scale"), how.number("offset"));
    if (how.flag("unit")) {
      double squares = 0;
      for (double v : values.data()) {
        squares += v * v;
      }
      values = values.scaled(1 / Math.sqrt(squares), 0);
    }
    target.assign(values.on(engine));
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String path) {
    Tensor t = tensors.get(path);
    if (t == null) {
      throw new AssertionError("no tensor " + path + " among " + tensors.keySet());
    }
    return t;
  }

  /** The inputs of the reference. */
  private record GivenInputs(Engine engine, Recipe recipe) implements GameInputs {
    private static final int SPREAD = 1_000_003;

    @Override
    public Batch real(long batch) {
      return Batch.of(Values.random(seed(40_000, batch), dims(recipe)).on(engine));
    }

    @Override
    public Batch forDiscriminator(long batch) {
      return noise(seed(50_000, batch), recipe.train().batch());
    }

    @Override
    public Batch forGenerator(long batch) {
      return noise(seed(60_000, batch), recipe.train().generatorBatchOrDefault());
    }

    private static int[] dims(Recipe recipe) {
      return recipe.data().sampleShape().batch(recipe.train().batch()).dims().stream()
          .mapToInt(Integer::intValue)
          .toArray();
    }

    private Batch noise(int seed, int count) {
      return Batch.of(
          Values.random(seed, count, recipe.generator().latent()).scaled(2, 0).on(engine));
    }

    private static int seed(int first, long batch) {
      return Math.toIntExact(first + SPREAD * batch);
    }
  }

  /** The largest |found - expected| / (1 + |expected|). */
  private static final class Deviation {
    private double largest;
    private String where = "nowhere";

    void see(double expected, double found, String place) {
      double d = Math.abs(found - expected) / (1 + Math.abs(expected));
      if (!Double.isNaN(largest) && !(d <= largest)) {
        largest = d;
        where = place + ": expected " + expected + ", found " + found;
      }
    }

    void check(double tolerance) {
      if (!(largest <= tolerance)) {
        throw new AssertionError("deviates by " + largest + " at " + where);
      }
    }
  }
}
