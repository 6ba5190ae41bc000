package dev.sparring.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.augment.Augmentation;
import dev.sparring.conformance.WordKit;
import dev.sparring.data.Data;
import dev.sparring.data.Ring;
import dev.sparring.extract.Extractor;
import dev.sparring.init.Initializer;
import dev.sparring.layer.Activation;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Layer;
import dev.sparring.lint.Lint;
import dev.sparring.lint.Lints;
import dev.sparring.lint.Warning;
import dev.sparring.loss.Constraint;
import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.GeneratorTerm;
import dev.sparring.loss.Loss;
import dev.sparring.metric.Features;
import dev.sparring.norm.WeightNorm;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Schedule;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.train.Detector;
import dev.sparring.train.Gauge;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every interface that users implement has an example, which compiles and works. */
class WriteYourOwnTest {
  private static final int MOST_LINES = 20;

  @TempDir static Path folder;

  private static Map<String, String> examples = Map.of();
  private static ClassLoader compiled = ClassLoader.getSystemClassLoader();

  @BeforeAll
  static void compile() throws Exception {
    examples = Examples.all();
    compiled = Examples.compile(examples, folder);
  }

  @Test
  void everyOpenInterfaceHasAnExampleOfAtMost20Lines() {
    Set<String> open =
        Set.of(
            "Initializer",
            "WeightNorm",
            "Layer",
            "Activation",
            "Loss",
            "DiscriminatorOutput",
            "DiscriminatorTerm",
            "GeneratorTerm",
            "Constraint",
            "Optimizer",
            "Schedule",
            "Augmentation",
            "Data",
            "Extractor",
            "Lint",
            "Detector",
            "Gauge");
    assertEquals(open, examples.keySet());
    examples.forEach(
        (name, code) -> assertTrue(code.lines().count() <= MOST_LINES, name + " is too long"));
  }

  @TestFactory
  Stream<DynamicTest> initializer() throws Exception {
    return WordKit.initializer(example(Initializer.class, 0.3));
  }

  @TestFactory
  Stream<DynamicTest> weightNorm() throws Exception {
    return WordKit.norm(example(WeightNorm.class));
  }

  @TestFactory
  Stream<DynamicTest> layer() throws Exception {
    return WordKit.layer(example(Layer.class, 3), Shape.of(4));
  }

  @TestFactory
  Stream<DynamicTest> activation() throws Exception {
    return WordKit.layer(example(Activation.class), Shape.of(2, 2, 3));
  }

  @TestFactory
  Stream<DynamicTest> loss() throws Exception {
    return WordKit.loss(example(Loss.class));
  }

  @TestFactory
  Stream<DynamicTest> discriminatorTerm() throws Exception {
    return WordKit.term(example(DiscriminatorTerm.class, 0.1));
  }

  @TestFactory
  Stream<DynamicTest> generatorTerm() throws Exception {
    return WordKit.term(example(GeneratorTerm.class, 0.1));
  }

  @TestFactory
  Stream<DynamicTest> constraint() throws Exception {
    return WordKit.term(example(Constraint.class, 0.99));
  }

  @TestFactory
  Stream<DynamicTest> optimizer() throws Exception {
    return WordKit.optimizer(example(Optimizer.class, 0.01));
  }

  @TestFactory
  Stream<DynamicTest> schedule() throws Exception {
    return WordKit.schedule(example(Schedule.class, 5L));
  }

  @TestFactory
  Stream<DynamicTest> augmentation() throws Exception {
    return WordKit.augmentation(example(Augmentation.class, 0.5), Shape.of(2));
  }

  @TestFactory
  Stream<DynamicTest> data() throws Exception {
    return WordKit.data(example(Data.class, 50));
  }

  @Test
  void extractor() throws Exception {
    try (Extractor extractor = example(Extractor.class)) {
      Features features = extractor.features(new float[] {1, 3, -1, 0}, Shape.of(2));
      assertEquals(2, features.rows());
      assertEquals(2, features.get(0, 0), 1e-6);
      assertEquals(5, features.get(0, 1), 1e-6);
      assertEquals(extractor.name(), extractor.id());
    }
  }

  @Test
  void lint() throws Exception {
    GamePlan plan = GamePlan.of(recipe());
    List<Warning> found = Lints.check(plan, List.of(example(Lint.class)));
    assertEquals(
        "[train.steps: 6 steps show little (our runs); fix: steps: 1000]", found.toString());
  }

  @Test
  void detector() throws Exception {
    Detector detector = example(Detector.class);
    assertEquals(List.of(), detector.hear(new Step(1, 0, Map.of("loss_d", 3.0))));
    assertEquals(
        List.of("the loss of the discriminator is above 10"),
        detector.hear(new Step(2, 0, Map.of("loss_d", 12.0))));
    assertEquals(List.of(), detector.hear(new Step(3, 0, Map.of("loss_d", 12.0))));
    try (Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32)) {
      Training.of(recipe(), engine).watch(example(Detector.class)).run();
    }
  }

  @Test
  void gauge() throws Exception {
    List<Double> sizes = new ArrayList<>();
    try (Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32)) {
      Training.of(recipe(), engine)
          .measure(example(Gauge.class))
          .listen(
              new TrainingListener() {
                @Override
                public void stepped(Training training, Step step) {
                  if (step.isMeasured()) {
                    sizes.add(step.figures().get("size_of_weights"));
                  }
                }
              })
          .run();
    }
    assertEquals(3, sizes.size());
    assertTrue(sizes.stream().allMatch(size -> size > 0), sizes.toString());
  }

  @Test
  void refusesWhatDoesNotFit() throws Exception {
    Layer cosine = example(Layer.class, 3);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> cosine.outputShape(Shape.of(1, 2, 2)));
    assertTrue(refused.getMessage().contains("needs features (F)"), refused.getMessage());
  }

  private static Recipe recipe() {
    return Gan.named("own")
        .data(Ring.ring().points(50))
        .generator(g -> g.latent(2).layers(Dense.dense(2)))
        .discriminator(d -> d.layers(Dense.dense(1)))
        .train(Train.train().steps(6).batch(4))
        .build();
  }

  private static <T> T example(Class<T> type, Object... settings) throws Exception {
    String code = examples.get(type.getSimpleName());
    Constructor<?> constructor =
        compiled.loadClass("own." + Examples.type(code)).getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return type.cast(constructor.newInstance(settings));
  }
}
