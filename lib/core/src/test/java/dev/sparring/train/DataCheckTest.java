package dev.sparring.train;

import static dev.sparring.layer.ConcatLabels.concatLabels;
import static dev.sparring.layer.Conv.conv;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.data.Data;
import dev.sparring.data.DataException;
import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.layer.Dense;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Gan;
import dev.sparring.tensor.Shape;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a program's data set must be, beside its values, before a training begins. */
class DataCheckTest {
  @Test
  void aSetWithoutSamplesIsRefused() {
    assertEquals(
        "data: a data set must have at least 1 sample, has 0", refused(POINTS, set(2).size(0)));
  }

  @Test
  void sourcesComeOnlyWhereTheRecipeStartsFromThem() {
    assertEquals(
        "data: the data set has sources, the recipe's data has none and starts from noise",
        refused(POINTS, set(2).sources(set(2))));
    assertEquals(
        "data: the data set has no sources, the recipe generates images from images of shape"
            + " (1, 4, 4)",
        refused(PAIRS, images(3)));
  }

  @Test
  void sourcesHaveTheirOwnShape() {
    assertEquals(
        "data: sources: the data set has samples of shape (2), the recipe's data has (1, 4, 4)",
        refused(PAIRS, images(3).sources(set(2)).isPaired(true)));
  }

  @Test
  void pairsArePairs() {
    assertEquals(
        "data: isPaired of the data set is false, that of the recipe's data is true",
        refused(PAIRS, images(3).sources(images(3))));
    assertEquals(
        "data: each sample needs a source, there are 3 samples and 2 sources",
        refused(PAIRS, images(3).sources(images(2)).isPaired(true)));
    assertDoesNotThrow(() -> DataCheck.form(PAIRS, images(3).sources(images(3)).isPaired(true)));
  }

  @Test
  void labelsAreThoseOfTheNetworks() {
    GamePlan plan =
        GamePlan.of(
            Gan.named("labels")
                .data(Data.of(DataSets.of(Shape.of(2), new float[6], new int[] {0, 1, 2})))
                .generator(g -> g.latent(2).layers(concatLabels(), Dense.dense(2)))
                .discriminator(d -> d.layers(concatLabels(), Dense.dense(1)))
                .build());
    assertEquals(
        "data: sample 1: has label 3, the networks are for labels from 0 to 2",
        refused(plan, set(2).labels(0, 3, 1)));
    assertEquals(
        "data: sample 2: has label -1, the networks are for labels from 0 to 2",
        refused(plan, set(2).labels(0, 2, -1)));
    assertEquals(
        "data: sample 0: has no label, the networks are for labels from 0 to 2",
        refused(plan, set(2)));
    assertDoesNotThrow(() -> DataCheck.form(plan, set(2).labels(2, 1, 0)));
  }

  @Test
  void aReadingThatEndsEarlyIsOneLine() {
    assertEquals(
        "data: sample 0: cannot be read as 2 values: the file ends",
        refused(POINTS, set(2).reading(new IndexOutOfBoundsException("the file ends"))));
  }

  private static final GamePlan POINTS =
      GamePlan.of(
          Gan.named("points")
              .data(Data.of(set(2)))
              .generator(g -> g.latent(2).layers(Dense.dense(2)))
              .discriminator(d -> d.layers(Dense.dense(1)))
              .build());

  private static final GamePlan PAIRS =
      GamePlan.of(
          Gan.named("pairs")
              .data(Data.of(images(3).sources(images(3)).isPaired(true)))
              .generator(g -> g.layers(conv(1).kernel(1)))
              .discriminator(d -> d.layers(conv(1).kernel(4).padding(0)))
              .build());

  private static String refused(GamePlan plan, DataSet data) {
    return String.valueOf(
        assertThrows(DataException.class, () -> DataCheck.form(plan, data)).getMessage());
  }

  private static Given set(int elements) {
    return new Given(Shape.of(elements));
  }

  private static Given images(int size) {
    return new Given(Shape.of(1, 4, 4)).size(size);
  }

  /** A data set that is whatever the test says. */
  private static final class Given implements DataSet {
    private final Shape shape;
    private int size = 3;
    private Optional<DataSet> sources = Optional.empty();
    private boolean isPaired;
    private int[] labels = {};
    private RuntimeException failure;

    Given(Shape shape) {
      this.shape = shape;
    }

    Given size(int value) {
      size = value;
      return this;
    }

    Given sources(DataSet value) {
      sources = Optional.of(value);
      return this;
    }

    Given isPaired(boolean value) {
      isPaired = value;
      return this;
    }

    Given labels(int... value) {
      labels = value;
      return this;
    }

    Given reading(RuntimeException value) {
      failure = value;
      return this;
    }

    @Override
    public Shape sampleShape() {
      return shape;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public Optional<DataSet> sources() {
      return sources;
    }

    @Override
    public boolean isPaired() {
      return isPaired;
    }

    @Override
    public void read(int index, float[] target, int offset) {
      if (failure != null) {
        throw failure;
      }
      for (int i = 0; i < shape.elements(); i++) {
        target[offset + i] = index;
      }
    }

    @Override
    public OptionalInt label(int index) {
      return labels.length == 0 ? OptionalInt.empty() : OptionalInt.of(labels[index]);
    }

    @Override
    public String fingerprint() {
      return "given";
    }
  }
}
