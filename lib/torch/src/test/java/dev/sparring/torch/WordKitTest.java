package dev.sparring.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.augment.Flip;
import dev.sparring.conformance.WordKit;
import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.data.InMemory;
import dev.sparring.data.Ring;
import dev.sparring.init.He;
import dev.sparring.init.Initializer;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerContext;
import dev.sparring.loss.ClipWeights;
import dev.sparring.loss.CycleConsistency;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.LogProbability;
import dev.sparring.loss.Loss;
import dev.sparring.loss.R1;
import dev.sparring.norm.NormContext;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.optim.Adam;
import dev.sparring.optim.CosineDecay;
import dev.sparring.optim.Optimizer;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** The kit accepts words of the library, and finds what is wrong with others. */
class WordKitTest {
  private static final List<String> ALL_GRADIENTS =
      List.of(
          "gradients of the layer in training, torch",
          "second gradients of the layer in training, torch",
          "gradients of the layer in evaluation, torch",
          "second gradients of the layer in evaluation, torch");

  /** A layer whose outputs have the shape of its inputs, or should have. */
  private interface SameShape extends Layer {
    @Override
    default Shape outputShape(Shape input) {
      return input;
    }
  }

  @TestFactory
  Stream<DynamicTest> acceptsWordsOfTheLibrary() {
    return Stream.of(
            WordKit.initializer(He.he()),
            WordKit.norm(Sn.sn()),
            WordKit.norm(WeightNormalization.weightNorm()),
            WordKit.layer(Conv.conv(2), Shape.of(3, 4, 4)),
            WordKit.layer(BatchNorm.batchNorm(), Shape.of(3)),
            WordKit.loss(Hinge.hinge()),
            WordKit.loss(LogProbability.logProbability()),
            WordKit.term(R1.r1()),
            WordKit.term(ClipWeights.clipWeights()),
            WordKit.term(CycleConsistency.cycle()),
            WordKit.optimizer(Adam.adam(1e-3, 0.5, 0.9)),
            WordKit.schedule(CosineDecay.cosineDecay()),
            WordKit.augmentation(Flip.flip(), Shape.of(1, 2, 3)),
            WordKit.data(Ring.ring().points(20)))
        .flatMap(tests -> tests);
  }

  @Test
  void findsAGradientThatIsCutOff() {
    record Cut() implements SameShape {
      @Override
      public Tensor forward(Tensor x, LayerContext pass) {
        return x.plus(x.square().detach());
      }
    }
    assertEquals(ALL_GRADIENTS, failures(WordKit.layer(new Cut(), Shape.of(3))));
  }

  /** Of inputs that are differentiated along directions, not number by number. */
  @Test
  void findsAGradientThatIsWrongForOneNumberOfMany() {
    record OneCut() implements SameShape {
      @Override
      public Tensor forward(Tensor x, LayerContext pass) {
        Tensor one = x.slice(1, 7, 1);
        Tensor cut = one.plus(one.square().detach());
        return x.slice(1, 0, 7).concat(List.of(cut, x.slice(1, 8, 12)), 1);
      }
    }
    assertEquals(ALL_GRADIENTS, failures(WordKit.layer(new OneCut(), Shape.of(20))));
  }

  @Test
  void findsAShapeThatIsNotThePromisedOne() {
    record Halved() implements SameShape {
      @Override
      public Tensor forward(Tensor x, LayerContext pass) {
        return x.slice(1, 0, 2);
      }
    }
    assertTrue(
        failures(WordKit.layer(new Halved(), Shape.of(4))).contains("shape of the output, torch"));
  }

  @Test
  void findsAnOptimizerThatRemembersOnItsOwn() {
    class Counting implements Optimizer {
      private int calls;

      @Override
      public double lr() {
        return 0.01;
      }

      @Override
      public List<String> slots() {
        return List.of();
      }

      @Override
      public void update(
          Tensor parameter, Tensor gradient, List<Tensor> slots, long update, double rate) {
        calls++;
        parameter.blend(1, gradient, -rate / calls);
      }
    }
    assertEquals(
        List.of(
            "equal trainings end in equal bits, torch",
            "a resumed training ends in equal bits, torch"),
        failures(WordKit.optimizer(new Counting())));
  }

  @Test
  void findsANormThatClaimsTooMuch() {
    record Squared() implements WeightNorm {
      @Override
      public Tensor normalize(Tensor weight, NormContext context) {
        return weight.square();
      }

      @Override
      public boolean isScaleInvariant() {
        return true;
      }
    }
    List<String> failures = failures(WordKit.norm(new Squared()));
    assertEquals(3, failures.size(), failures.toString());
    assertTrue(failures.get(0).startsWith("what it says of "), failures.toString());
  }

  @Test
  void findsAnInitializerThatDrawsTooFew() {
    Initializer few = (weight, random) -> new double[3];
    assertTrue(failures(WordKit.initializer(few)).get(0).startsWith("draws "));
  }

  @Test
  void findsALossThatIsNoScalar() {
    record OfEach() implements Loss {
      @Override
      public Tensor discriminator(Tensor real, Tensor fake) {
        return fake.minus(real);
      }

      @Override
      public Tensor generator(Tensor fake) {
        return fake.neg().mean();
      }
    }
    assertTrue(
        failures(WordKit.loss(new OfEach()))
            .contains("gradients of the discriminator's loss, torch"));
  }

  @Test
  void findsDataThatDiffersEachTime() {
    class Changing implements Data {
      private int opened;

      @Override
      public Shape sampleShape() {
        return Shape.of(2);
      }

      @Override
      public DataSet open(Seed seed, Consumer<String> log) {
        opened++;
        return InMemory.points(new double[][] {{opened, 1}, {2, 3}}).open(seed, log);
      }
    }
    assertTrue(failures(WordKit.data(new Changing())).contains("opens twice to the same samples"));
  }

  private static List<String> failures(Stream<DynamicTest> tests) {
    List<String> failed = new ArrayList<>();
    tests.forEach(
        test -> {
          try {
            test.getExecutable().execute();
          } catch (TestAbortedException skipped) {
            // Not a failure.
          } catch (Throwable failure) {
            failed.add(test.getDisplayName());
          }
        });
    return failed;
  }
}
