package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.data.Data;
import dev.sparring.data.DataException;
import dev.sparring.data.DataSet;
import dev.sparring.data.DataSets;
import dev.sparring.data.Edges;
import dev.sparring.data.Jittered;
import dev.sparring.data.Pairs;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Ending;
import dev.sparring.train.Step;
import dev.sparring.train.Training;
import dev.sparring.train.TrainingListener;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Data that is read ahead on another thread: the same bits, errors in time, and no thread left. */
public interface StreamedDataConformance extends EngineUnderTest {
  /** The number of samples. */
  int COUNT = 11;

  /** A data set as it is, or read ahead. */
  final class Pictures implements DataSet {
    private final DataSet pictures;
    private final boolean isStreamed;
    private final int broken;
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();

    Pictures(boolean isStreamed, int broken) {
      float[] values = new float[COUNT * 36];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.sin(i);
      }
      pictures = DataSets.of(Shape.of(1, 6, 6), values, null);
      this.isStreamed = isStreamed;
      this.broken = broken;
    }

    @Override
    public Shape sampleShape() {
      return pictures.sampleShape();
    }

    @Override
    public int size() {
      return pictures.size();
    }

    @Override
    public void read(int index, float[] target, int offset) {
      readers.add(Thread.currentThread());
      if (index == broken) {
        throw new DataException("picture " + index + ": is broken");
      }
      pictures.read(index, target, offset);
    }

    @Override
    public boolean isStreamed() {
      return isStreamed;
    }

    @Override
    public OptionalInt label(int index) {
      return pictures.label(index);
    }

    @Override
    public String fingerprint() {
      return pictures.fingerprint();
    }

    /** Whether another thread than this one has read. */
    boolean isReadAhead() {
      return readers.stream().anyMatch(thread -> thread != Thread.currentThread());
    }

    /** Whether another thread than this one has read and is alive. */
    boolean isBeingRead() {
      return readers.stream()
          .anyMatch(thread -> thread != Thread.currentThread() && thread.isAlive());
    }
  }

  private static Train train(int steps) {
    return Train.train()
        .steps(steps)
        .batch(4)
        .discriminatorSteps(2)
        .accumulate(2)
        .shuffle(true)
        .seed(5);
  }

  private static Recipe noise(Data data, int steps) {
    return Gan.named("streamed")
        .data(data)
        .generator(g -> g.latent(2).layers(Dense.dense(36), Reshape.reshape(1, 6, 6), Tanh.tanh()))
        .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
        .train(train(steps))
        .build();
  }

  private static Recipe images(Data data, int steps) {
    return Gan.named("streamed")
        .data(data)
        .generator(g -> g.layers(Conv.conv(1).kernel(3).stride(1), Tanh.tanh()))
        .discriminator(d -> d.layers(Flatten.flatten(), Dense.dense(1)))
        .train(train(steps))
        .build();
  }

  private static Map<String, float[]> weights(Training training) {
    Map<String, float[]> weights = new TreeMap<>();
    for (Map.Entry<String, Map<String, Tensor>> group : training.tensors().entrySet()) {
      group.getValue().forEach((path, t) -> weights.put(group.getKey() + "/" + path, t.toFloats()));
    }
    return weights;
  }

  private void sameBits(Pictures plain, Recipe expected, Pictures streamed, Recipe recipe) {
    try (Engine engine = open(Precision.FLOAT32)) {
      Training without = Training.of(expected, engine);
      without.run();
      assertFalse(plain.isReadAhead());
      Training with = Training.of(recipe, engine);
      with.run();
      assertTrue(streamed.isReadAhead());
      assertFalse(streamed.isBeingRead());
      Map<String, float[]> wanted = weights(without);
      Map<String, float[]> found = weights(with);
      assertEquals(wanted.keySet(), found.keySet());
      wanted.forEach((path, values) -> assertArrayEquals(values, found.get(path), path));
      // Inputs can still be read after the end.
      assertArrayEquals(
          without.inputs().real(2).x().toFloats(), with.inputs().real(2).x().toFloats());
      assertArrayEquals(
          without.inputs().real(50).x().toFloats(), with.inputs().real(50).x().toFloats());
    }
  }

  /** Over several epochs, with several batches an update and batches that are used again. */
  @Test
  default void streamedSamplesAreTheSameBits() {
    Pictures plain = new Pictures(false, -1);
    Pictures streamed = new Pictures(true, -1);
    sameBits(plain, noise(Data.of(plain), 9), streamed, noise(Data.of(streamed), 9));
  }

  /** With sources and crops, whose numbers are found by the place of a sample. */
  @Test
  default void streamedPairsAreTheSameBits() {
    Pictures plain = new Pictures(false, -1);
    Pictures streamed = new Pictures(true, -1);
    sameBits(
        plain,
        images(Jittered.jittered(Edges.edges(Data.of(plain)), 4), 5),
        streamed,
        images(Jittered.jittered(Edges.edges(Data.of(streamed)), 4), 5));
  }

  /** In both directions of unmatched sets. */
  @Test
  default void streamedSetsWithoutPartnersAreTheSameBits() {
    Pictures plain = new Pictures(false, -1);
    Pictures streamed = new Pictures(true, -1);
    sameBits(
        plain,
        images(new Pairs(Data.of(new Pictures(false, -1)), Data.of(plain), false), 5),
        streamed,
        images(new Pairs(Data.of(new Pictures(true, -1)), Data.of(streamed), false), 5));
  }

  /** The batch that needs a broken sample fails, as if it were read then, and none before. */
  @Test
  default void anErrorComesWhenItsBatchIsDue() {
    int broken = new Seed(5).stream("order", 0).permutation(COUNT)[9];
    String[] messages = new String[2];
    long[] steps = new long[2];
    for (boolean isStreamed : List.of(false, true)) {
      Pictures pictures = new Pictures(isStreamed, broken);
      Recipe recipe = noise(Data.of(pictures), 9);
      try (Engine engine = open(Precision.FLOAT32)) {
        Training training = Training.of(recipe, engine);
        int at = isStreamed ? 1 : 0;
        messages[at] =
            assertThrows(DataException.class, training::run, "picture " + broken).getMessage();
        steps[at] = training.progress().step();
        assertFalse(pictures.isBeingRead());
      }
    }
    assertEquals("picture " + broken + ": is broken", messages[1]);
    assertEquals(messages[0], messages[1]);
    assertEquals(steps[0], steps[1]);
  }

  /** However a training ends. */
  @Test
  default void noThreadIsLeft() {
    Pictures pictures = new Pictures(true, -1);
    Recipe recipe = noise(Data.of(pictures), 1000);
    try (Engine engine = open(Precision.FLOAT32)) {
      Training stopped = Training.of(recipe, engine);
      stopped.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training training, Step step) {
              if (step.number() == 3) {
                training.requestStop();
              }
            }
          });
      assertEquals(Ending.STOPPED, stopped.run());
      assertTrue(pictures.isReadAhead());
      assertFalse(pictures.isBeingRead());

      Training failed = Training.of(recipe, engine);
      failed.listen(
          new TrainingListener() {
            @Override
            public void stepped(Training training, Step step) {
              throw new IllegalStateException("the listener's");
            }
          });
      assertThrows(IllegalStateException.class, failed::run);
      assertFalse(pictures.isBeingRead());
    }
  }

  /** An interrupt of the thread that trains stays for its owner, and changes no batch. */
  @Test
  default void anInterruptStays() {
    Pictures plain = new Pictures(false, -1);
    Pictures streamed = new Pictures(true, -1);
    try (Engine engine = open(Precision.FLOAT32)) {
      Training without = Training.of(noise(Data.of(plain), 4), engine);
      without.run();
      Training with = Training.of(noise(Data.of(streamed), 4), engine);
      Thread.currentThread().interrupt();
      assertEquals(Ending.COMPLETED, with.run());
      assertTrue(Thread.interrupted());
      assertFalse(streamed.isBeingRead());
      Map<String, float[]> found = weights(with);
      weights(without).forEach((path, values) -> assertArrayEquals(values, found.get(path), path));
    } finally {
      Thread.interrupted();
    }
  }
}
