package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.classify.Classifier;
import dev.sparring.classify.ClassifierArchitecture;
import dev.sparring.classify.ClassifierCache;
import dev.sparring.classify.ClassifierExtractor;
import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.data.Digits;
import dev.sparring.data.Noise;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Relu;
import dev.sparring.metric.Features;
import dev.sparring.metric.FrechetDistance;
import dev.sparring.metric.GaussianMoments;
import dev.sparring.optim.Adam;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers that core trains, as extractors, and the cache that keeps them. */
public interface ClassifierConformance extends EngineUnderTest {
  /** Half of the standard steps on the digits: the accuracy and the features. */
  @Test
  default void theStandardLayersLearnDigits(@TempDir Path dir) {
    DataSet digits = Digits.digits().open(new Seed(1), line -> {});
    ClassifierArchitecture cnn = ClassifierArchitecture.cnn1();
    ClassifierArchitecture brief =
        new ClassifierArchitecture("brief", cnn.body(), cnn.optimizer(), cnn.batch(), 3, 200, 200);
    try (Engine engine = open(Precision.FLOAT32)) {
      ClassifierCache cache = new ClassifierCache(dir, brief, new Seed(0), line -> {});
      ClassifierExtractor extractor =
          new ClassifierExtractor(cache.train("digits", digits, engine));
      assertEquals(179, extractor.classifier().facts().heldOut());
      assertTrue(
          extractor.classifier().facts().accuracy() > 0.95,
          () -> extractor.classifier().facts().toString());
      float[] all = ClassifierImages.samples(digits, 0, digits.size());
      float[] half = ClassifierImages.samples(digits, 0, 898);
      GaussianMoments first = moments(extractor, half);
      double halves =
          distance(first, moments(extractor, ClassifierImages.samples(digits, 898, 898)));
      double blurred = distance(first, moments(extractor, ClassifierImages.blurred(half, 8)));
      double noise = distance(first, moments(extractor, ClassifierImages.noise(half.length)));
      assertTrue(blurred > 20 * halves, "halves " + halves + ", blurred " + blurred);
      assertTrue(noise > blurred, "halves " + halves + ", blurred " + blurred + ", noise " + noise);
      int[] labels = extractor.labels(all, digits.sampleShape());
      int right = 0;
      for (int i = 0; i < labels.length; i++) {
        right += labels[i] == digits.label(i).orElseThrow() ? 1 : 0;
      }
      assertTrue(right > 0.97 * labels.length, right + " of " + labels.length);
    }
  }

  /** The one of the digits is not trained: it comes with the library, for each engine. */
  @Test
  default void theDigitsClassifierComesWithTheLibrary(@TempDir Path dir) {
    DataSet digits = Digits.digits().open(new Seed(1), line -> {});
    String weights = "d12165f4d2357ef32cbb483da5a36040bfb1a85f29a1de1877cb0166c1e8a53b";
    List<String> log = new ArrayList<>();
    ClassifierCache cache =
        new ClassifierCache(dir, ClassifierArchitecture.cnn1(), new Seed(0), log::add);
    for (Precision precision : List.of(Precision.FLOAT32, Precision.FLOAT64)) {
      log.clear();
      try (Engine engine = open(precision)) {
        ClassifierExtractor extractor = cache.extractor(Digits.digits(), digits, engine);
        assertEquals("classifier cnn-1 " + weights, extractor.id());
        assertTrue(extractor.conditions().contains("weights " + weights + ", trained on torch ("));
        int[] labels =
            extractor.labels(ClassifierImages.samples(digits, 0, 200), digits.sampleShape());
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
          right += labels[i] == digits.label(i).orElseThrow() ? 1 : 0;
        }
        assertTrue(right > 196, right + " of 200");
      }
      assertEquals(
          List.of("the classifier cnn-1 of digits comes with Sparring: weights d12165f4d235"), log);
    }
    assertEquals(List.of(), files(dir));
  }

  private static GaussianMoments moments(ClassifierExtractor extractor, float[] samples) {
    return GaussianMoments.of(extractor.features(samples, Shape.of(1, 8, 8)));
  }

  private static double distance(GaussianMoments a, GaussianMoments b) {
    return FrechetDistance.between(a, b).value();
  }

  /** A sample's features depend neither on its neighbours nor on where chunks end. */
  @Test
  default void samplesDoNotDependOnTheirNeighbours(@TempDir Path dir) {
    try (Engine engine = open(Precision.FLOAT64)) {
      DataSet data = ClassifierImages.tiny(0);
      Classifier classifier = tinyCache(dir, new ArrayList<>()).classifier("tiny", data, engine);
      Values values = Values.random(71, 517, 2, 8, 9);
      float[] samples = new float[values.shape().elements()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) values.at(i);
      }
      Classifier.Outputs together = classifier.outputs(samples, data.sampleShape());
      assertEquals(517, together.features().rows());
      assertEquals(5, together.features().columns());
      assertEquals(3, together.logits().columns());
      double largest = 0;
      for (int row = 0; row < 517; row++) {
        for (int c = 0; c < 5; c++) {
          assertTrue(together.features().get(row, c) >= 0, "features are after the ReLU");
          largest = Math.max(largest, together.features().get(row, c));
        }
      }
      assertTrue(largest > 0.1, "largest feature " + largest);
      for (int i : new int[] {0, 255, 256, 511, 512, 516}) {
        float[] one = Arrays.copyOfRange(samples, i * 144, (i + 1) * 144);
        Classifier.Outputs alone = classifier.outputs(one, data.sampleShape());
        for (int c = 0; c < 5; c++) {
          Close.numbers(
              alone.features().get(0, c), together.features().get(i, c), 1e-6, "feature " + c);
        }
        for (int c = 0; c < 3; c++) {
          Close.numbers(alone.logits().get(0, c), together.logits().get(i, c), 1e-6, "logit " + c);
        }
      }
      ClassifierExtractor extractor = new ClassifierExtractor(classifier);
      int[] labels = extractor.labels(samples, data.sampleShape());
      Features probabilities = extractor.probabilities(samples, data.sampleShape());
      for (int row = 0; row < labels.length; row++) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
          assertTrue(probabilities.get(row, c) <= probabilities.get(row, labels[row]));
          sum += probabilities.get(row, c);
        }
        assertEquals(1, sum, 1e-12);
      }
    }
  }

  /** The same seed gives the same bits, another one others. */
  @Test
  default void classifiersRepeatBitByBit(@TempDir Path dir) {
    try (Engine engine = open(Precision.FLOAT32)) {
      assumeTrue(engine.abilities().contains(Ability.BIT_EXACT_REPEATS));
      DataSet data = ClassifierImages.tiny(0);
      String first = weights(dir.resolve("a"), 0, data, engine);
      assertEquals(first, weights(dir.resolve("b"), 0, data, engine));
      assertNotEquals(first, weights(dir.resolve("c"), 1, data, engine));
    }
  }

  private static String weights(Path folder, long seed, DataSet data, Engine engine) {
    return new ClassifierCache(folder, tinyArchitecture(), new Seed(seed), line -> {})
        .classifier("tiny", data, engine)
        .facts()
        .weights();
  }

  /** The second time it is read from the file, equal on engines of either precision. */
  @Test
  default void classifiersAreTrainedOnce(@TempDir Path dir) throws IOException {
    List<String> log = new ArrayList<>();
    ClassifierCache cache = tinyCache(dir.resolve("deep"), log);
    DataSet data = ClassifierImages.tiny(0);
    Classifier fresh;
    float[] samples = ClassifierImages.samples(data, 0, 4);
    double[] features;
    try (Engine engine = open(Precision.FLOAT64)) {
      fresh = cache.classifier("tiny", data, engine);
      features = row(fresh, samples, data.sampleShape());
      assertEquals(
          List.of(
              "training the classifier tiny-1 on 27 samples of 3 classes, 12 steps",
              "classifier: step 3/12, loss ",
              "classifier: step 6/12, loss ",
              "classifier: step 9/12, loss ",
              "classifier: accuracy "),
          log.stream().map(line -> line.replaceFirst("(loss |accuracy ).*", "$1")).toList());
      log.clear();
      Classifier again = cache.classifier("tiny", data, engine);
      assertEquals(fresh.facts(), again.facts());
      assertArrayEquals(features, row(again, samples, data.sampleShape()));
    }
    try (Engine engine = open(Precision.FLOAT32)) {
      Classifier single = cache.classifier("tiny", data, engine);
      assertEquals(fresh.facts(), single.facts());
      double[] rounded = row(single, samples, data.sampleShape());
      for (int c = 0; c < features.length; c++) {
        Close.numbers(features[c], rounded[c], 1e-5, "feature " + c);
      }
    }
    assertEquals(List.of(), log);
    // Other data gets another classifier; those in the same folder stay.
    try (Engine engine = open(Precision.FLOAT32)) {
      cache.classifier("tiny", ClassifierImages.tiny(1), engine);
      assertEquals(5, log.size());
      log.clear();
      cache.classifier("tiny", data, engine);
      assertEquals(List.of(), log);
    }
    assertEquals(2, files(dir.resolve("deep")).size());
  }

  private static double[] row(Classifier classifier, float[] samples, Shape shape) {
    double[] row = new double[5];
    for (int c = 0; c < row.length; c++) {
      row[c] = classifier.outputs(samples, shape).features().get(2, c);
    }
    return row;
  }

  /** Weights that changed on disk, and truncated files, are trained again. */
  @Test
  default void damagedClassifiersAreTrainedAgain(@TempDir Path dir) throws IOException {
    List<String> log = new ArrayList<>();
    DataSet data = ClassifierImages.tiny(0);
    try (Engine engine = open(Precision.FLOAT32)) {
      ClassifierCache cache = tinyCache(dir, log);
      Classifier first = cache.classifier("tiny", data, engine);
      Path file = files(dir).get(0);
      byte[] whole = Files.readAllBytes(file);
      byte[] turned = whole.clone();
      turned[turned.length - 3] ^= 1;
      for (byte[] damaged : List.of(turned, Arrays.copyOf(whole, 100), new byte[0])) {
        Files.write(file, damaged);
        log.clear();
        Classifier again = cache.classifier("tiny", data, engine);
        if (engine.abilities().contains(Ability.BIT_EXACT_REPEATS)) {
          assertEquals(first.facts().weights(), again.facts().weights());
        }
        assertTrue(log.get(0).startsWith(file + ": "), log.get(0));
        assertTrue(log.get(0).endsWith("; training it again"), log.get(0));
        assertTrue(log.stream().anyMatch(line -> line.startsWith("training the")), log.toString());
        assertEquals(whole.length, Files.size(file));
      }
      log.clear();
      cache.classifier("tiny", data, engine);
      assertEquals(List.of(), log);
    }
  }

  /** Two threads want the same one at once: one trains, the other uses its result. */
  @Test
  default void oneTrainsForAll(@TempDir Path dir) {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch waiting = new CountDownLatch(1);
    Consumer<String> listener =
        line -> {
          log.add(line);
          if (line.startsWith("another one")) {
            waiting.countDown();
          } else if (line.startsWith("training the")) {
            await(waiting);
          }
        };
    ClassifierCache cache = new ClassifierCache(dir, tinyArchitecture(), new Seed(3), listener);
    DataSet data = ClassifierImages.tiny(0);
    List<CompletableFuture<String>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      CompletableFuture<String> one = new CompletableFuture<>();
      both.add(one);
      Thread thread =
          new Thread(
              () -> {
                try (Engine engine = open(Precision.FLOAT32)) {
                  one.complete(cache.classifier("tiny", data, engine).facts().toString());
                } catch (RuntimeException | Error e) {
                  one.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }
    assertEquals(
        both.get(0).orTimeout(60, TimeUnit.SECONDS).join(),
        both.get(1).orTimeout(60, TimeUnit.SECONDS).join());
    assertEquals(
        1, log.stream().filter(line -> line.startsWith("training the")).count(), log.toString());
    assertEquals(
        1, log.stream().filter(line -> line.startsWith("another one")).count(), log.toString());
  }

  private static void await(CountDownLatch latch) {
    try {
      // Long enough for the other thread to open its engine; without it the test still ends.
      boolean came = latch.await(20, TimeUnit.SECONDS);
      assertTrue(came, "no thread waited");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A folder that cannot be written to costs time only. */
  @Test
  default void aCacheThatCannotBeWrittenToTrainsEachTime(@TempDir Path dir) throws IOException {
    Path file = Files.createFile(dir.resolve("a file"));
    List<String> log = new ArrayList<>();
    try (Engine engine = open(Precision.FLOAT32)) {
      tinyCache(file, log).classifier("tiny", ClassifierImages.tiny(0), engine);
    }
    assertTrue(log.get(0).startsWith(file + ": cannot keep classifiers here: "), log.toString());
    assertTrue(log.get(1).startsWith("training the"), log.toString());
  }

  /** Data that a classifier cannot learn from is refused before the training. */
  @Test
  default void dataForNoClassifierIsRefused(@TempDir Path dir) {
    try (Engine engine = open(Precision.FLOAT32)) {
      ClassifierCache cache = tinyCache(dir, new ArrayList<>());
      Noise noise = Noise.noise(1, 8, 8);
      DataSet unlabelled = noise.open(new Seed(1), line -> {});
      assertEquals(
          "data 'noise' has no labels; the extractor classifier needs some: use pixels or a file",
          assertThrows(
                  IllegalArgumentException.class, () -> cache.extractor(noise, unlabelled, engine))
              .getMessage());
      assertEquals(
          "data 'x' has samples of shape (1, 7, 9); the extractor classifier takes images of 8 to"
              + " 64 pixels a side: use pixels or a file",
          refusal(cache, engine, Shape.of(1, 7, 9), 10, 2));
      assertEquals(
          "data 'x' has samples of shape (2); the extractor classifier takes images of 8 to"
              + " 64 pixels a side: use pixels or a file",
          refusal(cache, engine, Shape.of(2), 10, 2));
      assertEquals(
          "data 'x' has a single class; the extractor classifier needs 2 or more: use pixels or a"
              + " file",
          refusal(cache, engine, Shape.of(1, 8, 8), 10, 1));
      assertEquals(
          "data 'x' has 9 samples; the extractor classifier needs 10 or more: use pixels or a file",
          refusal(cache, engine, Shape.of(1, 8, 8), 9, 2));
      Classifier tiny = cache.classifier("tiny", ClassifierImages.tiny(0), engine);
      assertEquals(
          "samples of shape (1, 8, 8) are none for the classifier, which was trained on (2, 8, 9)",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> tiny.outputs(new float[64], Shape.of(1, 8, 8)))
              .getMessage());
    }
  }

  private static String refusal(
      ClassifierCache cache, Engine engine, Shape shape, int samples, int classes) {
    int[] labels = new int[samples];
    Arrays.setAll(labels, i -> i % classes);
    DataSet data = DataSets.of(shape, new float[samples * shape.elements()], labels);
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> cache.classifier("x", data, engine))
            .getMessage());
  }

  private static ClassifierArchitecture tinyArchitecture() {
    return new ClassifierArchitecture(
        "tiny-1",
        List.of(Flatten.flatten(), Dense.dense(5), Relu.relu()),
        Adam.adam(1e-2, 0.9, 0.999),
        16,
        7,
        3,
        100);
  }

  private static ClassifierCache tinyCache(Path folder, List<String> log) {
    return new ClassifierCache(folder, tinyArchitecture(), new Seed(3), log::add);
  }

  private static List<Path> files(Path folder) {
    try (var all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
