package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.augment.Augmentation;
import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.init.Fans;
import dev.sparring.init.Initializer;
import dev.sparring.init.WeightSpec;
import dev.sparring.layer.Layer;
import dev.sparring.loss.Constraint;
import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.GeneratorTerm;
import dev.sparring.loss.Loss;
import dev.sparring.loss.Term;
import dev.sparring.norm.WeightNorm;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Schedule;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests of words of one's own, three lines each:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> cosine() {
 *   return WordKit.layer(new Cosine(3), Shape.of(4));
 * }
 * }</pre>
 *
 * <p>On every engine on the class path, in double precision, gradients are compared with finite
 * differences, two equal trainings have to end in equal bits, and so has a training that was
 * stopped and resumed. A record with a {@code @Word} has to survive YAML and JSON if {@code
 * sparring-dsl} is on the class path, and what generators consist of has to be exported if {@code
 * sparring-onnx} is; these tests are reported as skipped otherwise. A layer that draws random
 * numbers in evaluation cannot be exported: filter its test out by the name {@code ONNX}.
 */
public final class WordKit {
  private static final List<WeightSpec> WEIGHTS =
      List.of(
          new WeightSpec(Shape.of(4, 3), 0, new Fans(3, 4), 1),
          new WeightSpec(Shape.of(4, 3, 2, 2), 0, new Fans(12, 16), Math.sqrt(2)),
          new WeightSpec(Shape.of(3, 4, 2, 2), 1, new Fans(12, 16), 1));

  private WordKit() {}

  /** Finite values, as many as the weight has, and the same from the same random numbers. */
  public static Stream<DynamicTest> initializer(Initializer word) {
    Recipe recipe = KitGame.with(networks -> networks.init(word)).build();
    Stream<DynamicTest> draws =
        WEIGHTS.stream()
            .map(
                weight ->
                    DynamicTest.dynamicTest("draws " + weight.shape(), () -> draws(word, weight)));
    return Kit.all(draws, KitTraining.tests(recipe), KitText.tests(recipe, word));
  }

  private static void draws(Initializer word, WeightSpec weight) {
    double[] values = word.draw(weight, new Seed(1).stream("kit"));
    assertEquals(weight.shape().elements(), values.length, "how many values it draws");
    assertTrue(Arrays.stream(values).allMatch(Double::isFinite), "a value is not finite");
    double[] again = word.draw(weight, new Seed(1).stream("kit"));
    assertArrayEquals(values, again, "the same random numbers give other values");
  }

  /**
   * Gradients by weight, input and parameters of its own, and what it says of itself: that a
   * multiple of a drawn weight begins as the same normalized weight.
   */
  public static Stream<DynamicTest> norm(WeightNorm word) {
    Recipe recipe = KitGame.with(networks -> networks.norm(word)).build();
    return Kit.all(
        WEIGHTS.stream().flatMap(weight -> KitNorm.tests(word, weight)),
        KitTraining.tests(recipe),
        KitText.tests(recipe, word),
        KitOnnx.tests(recipe));
  }

  /**
   * First and second gradients by input and parameters, in training and in evaluation; and the
   * shape of the output. For activations too.
   *
   * @param input the shape of one sample, without the batch dimension
   */
  public static Stream<DynamicTest> layer(Layer word, Shape input) {
    Recipe recipe = KitGame.with(word, input).build();
    return Kit.all(
        KitLayer.tests(word, input),
        KitTraining.tests(recipe),
        KitText.tests(recipe, word),
        KitOnnx.tests(recipe));
  }

  /** Scalars, and the gradients of both players' losses by scores. */
  public static Stream<DynamicTest> loss(Loss word) {
    Recipe recipe = KitGame.with(word).build();
    return Kit.all(KitLoss.tests(word), KitTraining.tests(recipe), KitText.tests(recipe, word));
  }

  /**
   * Scalars, and gradients by the weights of a small player. A term that needs pairs of images or a
   * backward direction is not trained.
   */
  public static Stream<DynamicTest> term(Term word) {
    Recipe recipe = KitGame.with(networks -> {}).terms(word).build();
    Stream<DynamicTest> own = Stream.empty();
    boolean trains = true;
    if (word instanceof DiscriminatorTerm term) {
      own = KitTerm.ofDiscriminator(term);
    } else if (word instanceof GeneratorTerm term) {
      own = KitTerm.ofGenerator(term);
      trains = !term.needsTarget() && !term.needsBackwardDirection();
    } else if (word instanceof Constraint constraint) {
      own = Kit.onEngines("keeps shapes", engine -> constraint(engine, constraint));
    }
    Stream<DynamicTest> trained =
        trains
            ? KitTraining.tests(recipe)
            : Stream.of(Kit.skipped("trains", "the term needs pairs or a backward direction"));
    return Kit.all(own, trained, KitText.tests(recipe, word));
  }

  private static void constraint(Engine engine, Constraint word) {
    for (WeightSpec weight : WEIGHTS) {
      Tensor held = word.apply(Kit.random(3, weight.shape()).on(engine));
      assertEquals(weight.shape(), held.shape(), "the shape of what is held to it");
      Kit.finite(held, "what is held to it");
    }
  }

  /** Slots stay finite, parameters move, and a training goes on from the slots alone. */
  public static Stream<DynamicTest> optimizer(Optimizer word) {
    Recipe recipe = KitGame.with(networks -> {}).optimizers(word, word).build();
    return Kit.all(
        Kit.onEngines("updates", engine -> KitOptimizer.check(engine, word)),
        KitTraining.tests(recipe),
        KitText.tests(recipe, word));
  }

  /** Finite factors, none below 0, for runs of 1, 10 and 1000 steps. */
  public static Stream<DynamicTest> schedule(Schedule word) {
    Optimizer scheduled = KitOptimizer.scheduled(word);
    Recipe recipe = KitGame.with(networks -> {}).optimizers(scheduled, scheduled).build();
    DynamicTest factors =
        DynamicTest.dynamicTest(
            "factors",
            () -> {
              for (long steps : new long[] {1, 10, 1000}) {
                for (long step = 1; step <= steps; step++) {
                  double factor = word.factor(step, steps);
                  assertTrue(
                      Double.isFinite(factor) && factor >= 0,
                      "factor of step " + step + " of " + steps + " is " + factor);
                }
              }
            });
    return Kit.all(Stream.of(factors), KitTraining.tests(recipe), KitText.tests(recipe, word));
  }

  /**
   * The shape stays, the same random numbers change samples alike, and gradients flow to samples.
   *
   * @param sample a shape of samples that it takes
   */
  public static Stream<DynamicTest> augmentation(Augmentation word, Shape sample) {
    Recipe recipe = KitGame.of(KitData.of(sample)).augment(word).build();
    return Kit.all(
        KitAugmentation.tests(word, sample),
        KitTraining.tests(recipe),
        KitText.tests(recipe, word));
  }

  /** Opens twice to equal samples and fingerprints, of the promised shape and classes. */
  public static Stream<DynamicTest> data(Data word) {
    Recipe recipe = KitGame.of(word).build();
    DynamicTest opens =
        DynamicTest.dynamicTest("opens twice to the same samples", () -> opens(word));
    Stream<DynamicTest> trained =
        word.sourceShape().isEmpty()
            ? KitTraining.tests(recipe)
            : Stream.of(Kit.skipped("trains", "data with sources needs a translator"));
    return Kit.all(Stream.of(opens), trained, KitText.tests(recipe, word));
  }

  private static void opens(Data word) {
    DataSet first = word.open(new Seed(1), line -> {});
    DataSet second = word.open(new Seed(1), line -> {});
    assertEquals(word.sampleShape(), first.sampleShape(), "the shape that the data promises");
    assertTrue(first.size() > 0, "there are no samples");
    assertEquals(first.size(), second.size(), "how many samples there are");
    assertEquals(first.fingerprint(), second.fingerprint(), "fingerprint");
    float[] a = new float[first.sampleShape().elements()];
    float[] b = new float[a.length];
    for (int i = 0; i < first.size(); i++) {
      first.read(i, a, 0);
      second.read(i, b, 0);
      assertArrayEquals(a, b, first.name(i));
      assertEquals(first.label(i), second.label(i), "label of " + first.name(i));
      for (float v : a) {
        boolean fits = first.sampleShape().rank() == 3 ? v >= -1 && v <= 1 : Float.isFinite(v);
        assertTrue(fits, first.name(i) + " has the value " + v);
      }
      if (first.label(i).isPresent()) {
        int classes = word.classes().orElse(0);
        int label = first.label(i).getAsInt();
        assertTrue(
            label >= 0 && label < classes,
            first.name(i) + " has label " + label + ", but there are " + classes + " classes");
      }
    }
  }
}
