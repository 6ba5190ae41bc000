package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.Noise;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.LeastSquares;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.RmsProp;
import dev.sparring.optim.Sgd;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Twenty steps of small GANs from given weights, noise and samples, against the same in PyTorch:
 * losses of each step, then every weight, running statistic and singular vector.
 */
public interface WholeTrainingConformance extends EngineUnderTest {
  /**
   * Sooner or later one of a million numbers lies so close to the kink of an activation that single
   * precision puts it on the other side, and from there on the two trainings go slightly different
   * ways: by 5e-4 of the losses at step 20 where it was seen.
   */
  double AFTER_A_FLIP = 3e-3;

  /** Steps in which that has not been seen. */
  int BEFORE_A_FLIP = 5;

  /** Hinge, SN, Adam at SNGAN's rates. */
  @ParameterizedTest
  @EnumSource
  default void sngan(Precision precision) {
    Recipe recipe = recipe(Sn.sn(), 0.1, Hinge.hinge(), adam(2e-4), adam(4e-4), 1, 1);
    play(this, precision, "sngan", recipe);
  }

  /** The same ten times as fast, so that an error has grown by step 20. */
  @ParameterizedTest
  @EnumSource
  default void snganAtTenTimesTheRates(Precision precision) {
    Recipe recipe = recipe(Sn.sn(), 0.1, Hinge.hinge(), adam(2e-3), adam(4e-3), 1, 1);
    play(this, precision, "sngan, ten times the rates", recipe);
  }

  /** Non-saturating, RMSprop against AdamW, batch statistics of real and made samples apart. */
  @ParameterizedTest
  @EnumSource
  default void twoDiscriminatorUpdatesWithBatchNorm(Precision precision) {
    Layer[] judge = {
      Conv.conv(5),
      LeakyRelu.leakyRelu(0.2),
      Conv.conv(7).kernel(4).stride(2).bias(false),
      BatchNorm.batchNorm(),
      LeakyRelu.leakyRelu(0.2),
      Flatten.flatten(),
      Dense.dense(1)
    };
    Recipe recipe =
        recipe(
            None.none(),
            judge,
            NonSaturating.nonSaturating(),
            RmsProp.rmsProp().lr(1e-3),
            AdamW.adamW(1e-3, 0.5, 0.9).weightDecay(0.1),
            2,
            1);
    play(this, precision, "batch normalization in both, two discriminator updates", recipe);
  }

  /** Least squares, BSSN, momentum against Adam with L2 decay. */
  @ParameterizedTest
  @EnumSource
  default void twoGeneratorUpdatesWithBssn(Precision precision) {
    Recipe recipe =
        recipe(
            Bssn.bssn(1.5),
            0.2,
            LeastSquares.leastSquares(),
            Sgd.sgd(0.02).momentum(0.9),
            adam(2e-3).weightDecay(0.01),
            1,
            2);
    play(this, precision, "bssn, two generator updates", recipe);
  }

  /** All cases of the file are played here. */
  @Test
  default void noCaseIsForgotten() {
    assertEquals(4, Golden.load("whole_step").cases().size());
  }

  private static Adam adam(double lr) {
    return Adam.adam(lr, 0.5, 0.999);
  }

  private static Recipe recipe(
      WeightNorm norm,
      double slope,
      Loss loss,
      Optimizer generator,
      Optimizer discriminator,
      int discriminatorSteps,
      int generatorSteps) {
    Layer[] judge = {
      Conv.conv(5),
      LeakyRelu.leakyRelu(slope),
      Conv.conv(7).kernel(4).stride(2),
      LeakyRelu.leakyRelu(slope),
      Conv.conv(6),
      LeakyRelu.leakyRelu(slope),
      Flatten.flatten(),
      Dense.dense(1)
    };
    return recipe(norm, judge, loss, generator, discriminator, discriminatorSteps, generatorSteps);
  }

  private static Recipe recipe(
      WeightNorm norm,
      Layer[] judge,
      Loss loss,
      Optimizer generator,
      Optimizer discriminator,
      int discriminatorSteps,
      int generatorSteps) {
    Golden golden = Golden.load("whole_step");
    return Gan.named("whole-step")
        .data(Noise.noise(2, 8, 8))
        .generator(
            g ->
                g.latent(golden.integer("latent"))
                    .layers(
                        Dense.dense(32).bias(false),
                        Reshape.reshape(8, 2, 2),
                        BatchNorm.batchNorm(),
                        Relu.relu(),
                        ConvTranspose.convTranspose(6).bias(false),
                        BatchNorm.batchNorm(),
                        Relu.relu(),
                        ConvTranspose.convTranspose(4),
                        Conv.conv(2),
                        Tanh.tanh()))
        .discriminator(d -> d.norm(norm).layers(judge))
        .loss(loss)
        .optimizers(generator, discriminator)
        .train(
            Train.train()
                .steps(golden.integer("iterations"))
                .batch(golden.integer("batch"))
                .discriminatorSteps(discriminatorSteps)
                .generatorSteps(generatorSteps))
        .build();
  }

  private static void play(EngineUnderTest test, Precision precision, String name, Recipe recipe) {
    Golden golden =
        Golden.load("whole_step").cases().stream()
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
          (i < BEFORE_A_FLIP ? firstLosses : losses)
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
      // From the reference's own weights, so that a flip on the way does not blur the comparison.
      expected.forEach(
          path -> tensor(tensors, path).assign(golden.object("final").tensor(path).on(engine)));
      Deviation sample = new Deviation();
      float[] images =
          training
              .sampler()
              .decode(Values.random(70_000, 3, 8).scaled(2, 0).on(engine).toFloats(), 3);
      for (int i = 0; i < images.length; i++) {
        sample.see(golden.tensor("sample").at(i), images[i], "sample[" + i + "]");
      }
      sample.check(exact ? 1e-6 : 1e-5);
    }
  }

  /** What is in the networks and beside them, without what the optimizers remember. */
  private static Map<String, Tensor> tensors(Training training) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    training.tensors().values().forEach(all::putAll);
    all.keySet().removeIf(path -> path.startsWith("optimizer."));
    return all;
  }

  private static void start(
      Engine engine, Map<String, Tensor> tensors, Golden golden, String path) {
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

  /** The inputs that the reference was given. */
  record GivenInputs(Engine engine, Recipe recipe) implements GameInputs {
    private static final int SPREAD = 1_000_003;

    @Override
    public Batch real(long update) {
      return Batch.of(
          Values.random(seed(40_000, update), recipe.train().batch(), 2, 8, 8).on(engine));
    }

    @Override
    public Batch forDiscriminator(long update) {
      return noise(seed(50_000, update));
    }

    @Override
    public Batch forGenerator(long update) {
      return noise(seed(60_000, update));
    }

    private Batch noise(int seed) {
      return Batch.of(
          Values.random(seed, recipe.train().batch(), recipe.generator().latent())
              .scaled(2, 0)
              .on(engine));
    }

    private static int seed(int first, long update) {
      return Math.toIntExact(first + SPREAD * update);
    }
  }

  /** The largest |found - expected| / (1 + |expected|). */
  final class Deviation {
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
