package dev.sparring.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.plan.NetworkPlan;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClassifierArchitectureTest {
  private static final ClassifierArchitecture CNN_1 = ClassifierArchitecture.cnn1();

  /** Changing these numbers changes every figure, so it needs another name. */
  @Test
  void theStandardOneIsWhatItIs() {
    NetworkPlan plan = CNN_1.plan(Shape.of(1, 28, 28), 10);
    assertEquals(
        List.of(
            "conv 32 3x3 pad 1",
            "relu",
            "conv 64 3x3 stride 2 pad 1",
            "relu",
            "conv 64 3x3 stride 2 pad 1",
            "relu",
            "flatten",
            "dense 64",
            "relu",
            "dense 10"),
        plan.layers().stream().map(layer -> layer.layer().summary()).toList());
    // 320 + 18,496 + 36,928 + (7 * 7 * 64 + 1) * 64 + 650
    assertEquals(257_162, plan.parameterCount());
    assertEquals("classifier.9.weight", plan.layers().get(9).parameters().get(0).path());
    assertEquals("cnn-1", CNN_1.name());
  }

  @Test
  void itTakesImagesOfAnySize() {
    for (int[] image : new int[][] {{1, 8, 8}, {3, 64, 64}, {2, 9, 33}, {3, 32, 32}}) {
      NetworkPlan plan = CNN_1.plan(Shape.of(image), 7);
      assertEquals(Shape.of(64), plan.layers().get(8).output());
      assertEquals(Shape.of(7), plan.output());
    }
  }

  @Test
  void stepsFollowTheDataWithinLimits() {
    assertEquals(1266, CNN_1.steps(54_000));
    assertEquals(400, CNN_1.steps(1618));
    assertEquals(2000, CNN_1.steps(1_000_000_000));
  }

  @Test
  void aTenthIsHeldOut() {
    int[] labels = new int[57];
    float[] values = new float[57 * 64];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 4;
      Arrays.fill(values, i * 64, (i + 1) * 64, i);
    }
    LabelledImages images =
        LabelledImages.of("numbered", DataSets.of(Shape.of(1, 8, 8), values, labels));
    assertEquals(4, images.classes());
    DataSet heldOut = images.heldOut(new Seed(2));
    DataSet training = images.training(new Seed(2));
    assertEquals(5, heldOut.size());
    assertEquals(52, training.size());
    TreeSet<Integer> all = new TreeSet<>();
    float[] sample = new float[64];
    for (DataSet part : List.of(heldOut, training)) {
      for (int i = 0; i < part.size(); i++) {
        part.read(i, sample, 0);
        all.add((int) sample[0]);
        assertEquals((int) sample[0] % 4, part.label(i).orElseThrow());
      }
    }
    assertEquals(57, all.size(), "each sample is in one of the parts");
  }

  @Test
  void settingsAreChecked() {
    assertEquals(
        "mostSteps must be >= 5, got 4",
        assertThrows(
                IllegalArgumentException.class,
                () -> new ClassifierArchitecture("a", CNN_1.body(), CNN_1.optimizer(), 1, 1, 5, 4))
            .getMessage());
  }
}
