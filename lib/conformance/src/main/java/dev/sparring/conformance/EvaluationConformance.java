package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.classify.ClassifierArchitecture;
import dev.sparring.classify.ClassifierCache;
import dev.sparring.classify.ClassifierExtractor;
import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.data.Digits;
import dev.sparring.data.Ring;
import dev.sparring.eval.Evaluation;
import dev.sparring.eval.FeatureCache;
import dev.sparring.eval.RealSamples;
import dev.sparring.eval.ScheduledEvaluation;
import dev.sparring.extract.Pixels;
import dev.sparring.init.Normal;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.metric.ClassCoverage;
import dev.sparring.metric.ClassifierScore;
import dev.sparring.metric.FrechetDistance;
import dev.sparring.metric.GaussianMoments;
import dev.sparring.metric.InceptionScore;
import dev.sparring.network.Network;
import dev.sparring.network.Sampler;
import dev.sparring.optim.Adam;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Evaluate;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Generator;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.train.Ending;
import dev.sparring.train.Gauge;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations of a generator. */
public interface EvaluationConformance extends EngineUnderTest {
  /** With a classifier: the figures of features, and those of classes. */
  @Test
  default void aClassifierCountsClassesToo(@TempDir Path dir) {
    DataSet digits = Digits.digits().open(new Seed(1), line -> {});
    Shape shape = digits.sampleShape();
    try (Engine engine = open(Precision.FLOAT32)) {
      ClassifierExtractor extractor = classifier(dir, digits, engine);
      Sampler sampler = sampler(engine);
      Evaluation found = Evaluation.of(sampler, Digits.digits(), digits, extractor, 150, 4);
      assertEquals("classifier", found.extractor());
      assertEquals(150, found.made());
      assertEquals(150, found.real());
      assertEquals(4, found.seed());
      List<String> names = new ArrayList<>();
      found.results().forEach(result -> names.addAll(result.figures().keySet()));
      assertEquals(
          List.of(
              "frechet_distance",
              "kernel_distance",
              "kernel_distance_std",
              "precision",
              "recall",
              "density",
              "coverage",
              "classes_hit",
              "class_reverse_kl",
              "classifier_score",
              "classifier_score_std"),
          names);
      float[] made = sampler.sample(150, 4);
      RealSamples real = RealSamples.of(digits, extractor, 150, 4);
      assertEquals(
          FrechetDistance.between(
              real.moments(), GaussianMoments.of(extractor.features(made, shape))),
          found.results().get(0));
      assertEquals(ClassCoverage.of(extractor.labels(made, shape), 10), found.results().get(3));
      assertEquals(
          new ClassifierScore(InceptionScore.of(extractor.probabilities(made, shape))),
          found.results().get(4));
    }
  }

  /** Prepared once or at each evaluation, kept in a file or not: the same figures. */
  @Test
  default void preparedSamplesChangeNothing(@TempDir Path dir) {
    DataSet digits = Digits.digits().open(new Seed(1), line -> {});
    try (Engine engine = open(Precision.FLOAT32)) {
      ClassifierExtractor extractor = classifier(dir, digits, engine);
      Sampler sampler = sampler(engine);
      Evaluation expected = Evaluation.of(sampler, Digits.digits(), digits, extractor, 60, 9);
      List<String> log = new ArrayList<>();
      FeatureCache cache = new FeatureCache(dir.resolve("features"), log::add);
      for (int i = 0; i < 2; i++) {
        RealSamples real = RealSamples.of(digits, extractor, 60, 9, cache);
        assertEquals(expected, Evaluation.of(sampler, real, 60));
        assertEquals(expected, Evaluation.of(sampler, real, 60));
      }
      assertEquals(List.of(), log);
    }
  }

  /**
   * Fewer real samples than generated ones: all of them are used, and coverage counts no more than
   * these.
   */
  @Test
  default void thereMayBeFewerRealSamples(@TempDir Path dir) {
    DataSet digits =
        DataSets.select(
            Digits.digits().open(new Seed(1), line -> {}), IntStream.range(100, 140).toArray());
    try (Engine engine = open(Precision.FLOAT32)) {
      Sampler sampler = sampler(engine);
      RealSamples real = RealSamples.of(digits, new Pixels(), 50, 2);
      Evaluation found = Evaluation.of(sampler, real, 50);
      assertEquals(40, found.real());
      assertEquals(50, found.made());
      assertArrayEquals(
          GaussianMoments.of(
                  new Pixels()
                      .features(ClassifierImages.samples(digits, 0, 40), digits.sampleShape()))
              .mean(),
          real.moments().mean());
    }
  }

  /**
   * Samples that are not finite: no figures at that step, a line in the log, and training
   * continues.
   */
  @Test
  default void samplesThatCannotBeMeasuredEndNoTraining() {
    Recipe recipe =
        Gan.named("test")
            .data(Ring.ring().points(64))
            .generator(g -> g.latent(3).layers(Dense.dense(2)))
            .discriminator(d -> d.layers(Dense.dense(1)))
            .train(Train.train().steps(2).batch(8))
            .build()
            .evaluate(Evaluate.evaluate().every(1).samples(20));
    try (Engine engine = open(Precision.FLOAT32)) {
      List<String> log = new ArrayList<>();
      List<Boolean> measured = new ArrayList<>();
      Training training = Training.of(recipe, engine);
      training.measure(new Spoiler(2));
      ScheduledEvaluation.attach(training, log::add);
      training.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training t, Step step) {
              measured.add(step.figures().containsKey("modes_hit"));
            }
          });
      assertEquals(Ending.COMPLETED, training.run());
      assertEquals(List.of(true, false), measured);
      assertEquals(1, log.size(), log::toString);
      assertTrue(
          log.get(0).startsWith("warning: step 2: samples were not measured: features: row 0, "),
          log::toString);
    }
  }

  /** Makes all samples infinite after a step, which a real gauge must not do. */
  final class Spoiler implements Gauge {
    private final long step;

    Spoiler(long step) {
      this.step = step;
    }

    @Override
    public List<String> figures() {
      return List.of();
    }

    @Override
    public boolean isDue(long at) {
      return at == step;
    }

    @Override
    public Map<String, Double> read(Training training, long at) {
      training
          .tensors()
          .getOrDefault("generator", Map.of())
          .values()
          .forEach(p -> p.assign(training.engine().full(Double.POSITIVE_INFINITY, p.shape())));
      return Map.of();
    }
  }

  private static ClassifierExtractor classifier(Path dir, DataSet digits, Engine engine) {
    ClassifierArchitecture quick =
        new ClassifierArchitecture(
            "quick-1",
            List.of(Flatten.flatten(), Dense.dense(16), Relu.relu()),
            Adam.adam(1e-2, 0.9, 0.999),
            64,
            1,
            30,
            30);
    return new ClassifierCache(dir, quick, new Seed(0), line -> {})
        .extractor(Digits.digits(), digits, engine);
  }

  private static Sampler sampler(Engine engine) {
    Generator spec =
        Generator.generator(
            List.of(
                Dense.dense(64).init(Normal.normal(0, 1)), Reshape.reshape(1, 8, 8), Tanh.tanh()));
    NetworkPlan plan = NetworkPlan.of("generator", spec, Shape.of(spec.latent()));
    return new Sampler(Network.create(plan, engine, new Seed(6)), Latent.NORMAL);
  }
}
