package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Batches;
import dev.sparring.data.DataSet;
import dev.sparring.data.Digits;
import dev.sparring.data.Ring;
import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Projection;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Residual;
import dev.sparring.loss.Auxiliary;
import dev.sparring.loss.CrossEntropy;
import dev.sparring.loss.Term;
import dev.sparring.network.Network;
import dev.sparring.network.PassOptions;
import dev.sparring.network.Sampler;
import dev.sparring.norm.Sn;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RunSeeds;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.run.RecordedRecipe;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunRecorder;
import dev.sparring.run.Runs;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.ForwardPass;
import dev.sparring.train.GameInputs;
import dev.sparring.train.NextUpdate;
import dev.sparring.train.Objective;
import dev.sparring.train.Training;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How classes pass through a training: from the data and the seed to the networks. */
public interface LabelConformance extends EngineUnderTest {
  private static Recipe recipe(int steps, Layer head, Term... terms) {
    return Gan.named("test")
        .data(Ring.ring().points(64).modes(5))
        .generator(
            g ->
                g.latent(3)
                    .layers(
                        ConcatLabels.concatLabels().embedding(2),
                        Dense.dense(8),
                        ConditionalBatchNorm.conditionalBatchNorm(),
                        LeakyRelu.leakyRelu(),
                        Residual.residual(Dense.dense(8), LeakyRelu.leakyRelu()),
                        Dense.dense(2)))
        .discriminator(d -> d.norm(Sn.sn()).layers(Dense.dense(7), LeakyRelu.leakyRelu(), head))
        .terms(terms)
        .train(Train.train().steps(steps).batch(6))
        .build();
  }

  private static Recipe projecting(int steps) {
    return recipe(steps, Projection.projection());
  }

  /** One-hot rows, at the labels of the data. */
  @Test
  default void realSamplesHaveTheLabelsOfTheData() {
    Starts.withDoubles(
        this,
        engine -> {
          Recipe recipe =
              Gan.named("test")
                  .data(Digits.digits())
                  .generator(
                      g ->
                          g.latent(3)
                              .layers(
                                  ConcatLabels.concatLabels(),
                                  Dense.dense(64),
                                  Reshape.reshape(1, 8, 8)))
                  .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
                  .train(Train.train().batch(50).seed(7))
                  .build();
          Seed seed = new Seed(7);
          DataSet data = recipe.data().open(seed, line -> {});
          GameInputs inputs = GameInputs.of(GamePlan.of(recipe), data, engine, RunSeeds.of(seed));
          Batches batches = new Batches(data, seed, 50);
          for (long number : new long[] {0, 3, 40}) {
            Batch batch = inputs.real(number);
            int[] indices = batches.indices(number);
            double[] expected = new double[50 * 10];
            for (int i = 0; i < 50; i++) {
              expected[i * 10 + data.label(indices[i]).orElseThrow()] = 1;
            }
            assertArrayEquals(expected, labels(batch).toDoubles());
            assertEquals(Shape.of(50, 10), labels(batch).shape());
            assertArrayEquals(batches.batch(number), batch.x().toFloats(), 1e-6f);
          }
        });
  }

  private static Tensor labels(Batch batch) {
    Tensor labels = batch.labels();
    assertNotNull(labels);
    return labels;
  }

  /**
   * Classes of generated samples: uniform, different for each batch and player, and reproducible.
   */
  @Test
  default void madeSamplesHaveDrawnLabels() {
    Starts.withDoubles(
        this,
        engine -> {
          Recipe recipe = projecting(1);
          Recipe large = recipe.train(Train.train().batch(5000));
          GameInputs inputs = inputs(large, engine);
          double[] drawn = labels(inputs.forGenerator(0)).toDoubles();
          double[] counts = new double[5];
          for (int i = 0; i < drawn.length; i++) {
            assertTrue(drawn[i] == 0 || drawn[i] == 1);
            counts[i % 5] += drawn[i];
          }
          assertEquals(5000, Arrays.stream(counts).sum());
          for (double count : counts) {
            assertEquals(1000, count, 4 * Math.sqrt(5000 * 0.2 * 0.8));
          }
          assertArrayEquals(drawn, labels(inputs(large, engine).forGenerator(0)).toDoubles());
          assertFalse(Arrays.equals(drawn, labels(inputs.forGenerator(1)).toDoubles()));
          assertFalse(Arrays.equals(drawn, labels(inputs.forDiscriminator(0)).toDoubles()));
        });
  }

  private static GameInputs inputs(Recipe recipe, Engine engine) {
    Seed seed = new Seed(3);
    return GameInputs.of(
        GamePlan.of(recipe), recipe.data().open(seed, line -> {}), engine, RunSeeds.of(seed));
  }

  /** Unconditional networks get no classes: no labels are drawn or read. */
  @Test
  default void plainGamesHaveNoLabels() {
    Starts.withDoubles(
        this,
        engine -> {
          Recipe recipe =
              Gan.named("test")
                  .data(Ring.ring())
                  .generator(g -> g.latent(3).layers(Dense.dense(2)))
                  .discriminator(d -> d.layers(Dense.dense(1)))
                  .build();
          GameInputs inputs = inputs(recipe, engine);
          for (Batch batch :
              List.of(inputs.real(0), inputs.forDiscriminator(0), inputs.forGenerator(0))) {
            assertEquals(null, batch.labels());
          }
        });
  }

  /** Half a run, its checkpoint, and the rest: bit for bit as one run. */
  @Test
  default void conditionalTrainingsGoOnBitForBit(@TempDir Path folder) {
    try (Engine engine = open(Precision.FLOAT32)) {
      Training whole = Training.of(projecting(6), engine);
      whole.run();
      RunDirectory run = new RunDirectory(folder.resolve("run"));
      Training first = Training.of(projecting(3), engine);
      first.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram())).run();
      Training second = Training.of(projecting(6), engine);
      Runs.latest(run).restore(second);
      second.run();
      assertEquals(Numbers.of(whole), Numbers.of(second));
      assertFalse(Numbers.of(first).equals(Numbers.of(second)));
      assertArrayEquals(whole.sampler().sampleOf(3, 4, 9), second.sampler().sampleOf(3, 4, 9), 0f);
    }
  }

  /** Every parameter learns, tables and embeddings of classes among them. */
  @Test
  default void everyParameterOfConditionalLayersMoves() {
    for (Recipe recipe :
        List.of(
            projecting(3),
            recipe(3, AuxiliaryClassifier.auxiliaryClassifier(), Auxiliary.auxiliary()))) {
      try (Engine engine = open(Precision.FLOAT32)) {
        Training training = Training.of(recipe, engine);
        Map<String, double[]> before = new LinkedHashMap<>();
        training
            .networks()
            .values()
            .forEach(n -> n.parameters().forEach((p, t) -> before.put(p, t.toDoubles())));
        training.run();
        training
            .networks()
            .values()
            .forEach(
                n ->
                    n.parameters()
                        .forEach(
                            (p, t) -> assertFalse(Arrays.equals(before.get(p), t.toDoubles()), p)));
      }
    }
  }

  /** The i-th sample is of class i, in turn; the noise is the same if all are of one class. */
  @Test
  default void samplesOfAClassAreThoseOfItsLabel() {
    try (Engine engine = open(Precision.FLOAT32)) {
      Training training = Training.of(projecting(2), engine);
      training.run();
      Sampler sampler = training.sampler();
      assertEquals(5, sampler.classes().orElseThrow());
      float[] inTurn = sampler.sample(300, 9);
      for (int k = 0; k < 5; k++) {
        float[] ofClass = sampler.sampleOf(k, 300, 9);
        for (int i = 0; i < 300; i++) {
          boolean own = i % 5 == k;
          float[] a = Arrays.copyOfRange(inTurn, 2 * i, 2 * i + 2);
          float[] b = Arrays.copyOfRange(ofClass, 2 * i, 2 * i + 2);
          if (own) {
            assertArrayEquals(a, b, 1e-6f, "sample " + i + " of class " + k);
          } else {
            assertFalse(Arrays.equals(a, b), "sample " + i + " is that of class " + k + ", too");
          }
        }
      }
      for (int wrong : new int[] {-1, 5}) {
        assertEquals(
            "class must be between 0 and 4, got " + wrong,
            assertThrows(IllegalArgumentException.class, () -> sampler.sampleOf(wrong, 1, 1))
                .getMessage());
      }
    }
  }

  /** A forward pass without the labels that a layer needs names the layer. */
  @Test
  default void aPassWithoutLabelsIsRefused() {
    Starts.withDoubles(
        this,
        engine -> {
          GamePlan plan = GamePlan.of(projecting(1));
          Network generator = Network.create(plan.generator(), engine, new Seed(1));
          assertEquals(
              "generator.0 asked for the classes of samples without labels",
              assertThrows(
                      IllegalStateException.class,
                      () ->
                          generator.forward(
                              engine.full(0, Shape.of(2, 3)), PassOptions.evaluation()))
                  .getMessage());
        });
  }

  /** Loss on the scores, plus weighted cross entropies of logits: for each of three weights. */
  @Test
  default void theClassLossIsAddedByItsWeights() {
    Starts.withDoubles(
        this,
        engine -> {
          Recipe recipe =
              recipe(1, AuxiliaryClassifier.auxiliaryClassifier(), new Auxiliary(0.7, 0.3, 1.9));
          Recipe plain = recipe(1, Dense.dense(1));
          GameInputs inputs = inputs(recipe, engine);
          Batch real = inputs.real(0);
          Batch fake = inputs.forGenerator(0).x(Values.random(4, 6, 2).on(engine));
          Tensor ofReal = Values.random(1, 6, 6).on(engine);
          Tensor ofFake = Values.random(2, 6, 6).on(engine);
          NextUpdate next = new NextUpdate(1, 0, fake, () -> real, null);
          ForwardPass judge = (x, labels) -> x == real.x() ? ofReal : ofFake;
          ForwardPass scores = (x, labels) -> judge.apply(x, labels).slice(1, 0, 1);
          Objective objective = new Objective(GamePlan.of(recipe), engine);
          Objective without = new Objective(GamePlan.of(plain), engine);
          Objective.Verdict verdict = objective.discriminator(next, judge, Map.of(), real, fake);
          Objective.Verdict expected = without.discriminator(next, scores, Map.of(), real, fake);
          assertArrayEquals(expected.realScores().toDoubles(), verdict.realScores().toDoubles());
          assertArrayEquals(expected.fakeScores().toDoubles(), verdict.fakeScores().toDoubles());
          assertEquals(
              expected.value().item()
                  + 0.7 * entropy(engine, ofReal, real)
                  + 0.3 * entropy(engine, ofFake, fake),
              verdict.value().item(),
              1e-12);
          assertEquals(
              without.generator(next, scores, Map.of(), fake, null).item()
                  + 1.9 * entropy(engine, ofFake, fake),
              objective.generator(next, judge, Map.of(), fake, null).item(),
              1e-12);
        });
  }

  private static double entropy(Engine engine, Tensor output, Batch batch) {
    double[] labels = labels(batch).toDoubles();
    int[] classes = new int[6];
    for (int i = 0; i < labels.length; i++) {
      classes[i / 5] += labels[i] == 1 ? i % 5 : 0;
    }
    return CrossEntropy.of(engine, output.slice(1, 1, 5), classes).item();
  }
}
