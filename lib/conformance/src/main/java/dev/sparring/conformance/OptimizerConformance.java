package dev.sparring.conformance;

import dev.sparring.optim.Adam;
import dev.sparring.optim.AdamW;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.RmsProp;
import dev.sparring.optim.Sgd;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The optimizers of core, step by step. */
public interface OptimizerConformance extends EngineUnderTest {
  /** Five steps each down a quadratic, gradients by the engine; Adam's moments too. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void optimizersAreThoseOfTheReference(Precision precision) {
    double tolerance = EngineUnderTest.tolerance(precision);
    Golden golden = Golden.load("adam");
    Starts.with(
        this,
        precision,
        engine -> {
          Tensor a = golden.tensor("a").on(engine);
          Tensor target = golden.tensor("t").on(engine);
          for (Golden c : golden.cases()) {
            Optimizer optimizer = optimizer(c);
            String what = optimizer.toString();
            Tensor x = golden.tensor("x0").on(engine);
            List<Tensor> slots = new ArrayList<>();
            for (String slot : optimizer.slots()) {
              slots.add(engine.full(optimizer.start(slot), x.shape()));
            }
            long update = 1;
            for (Golden step : c.objects("steps")) {
              Tensor variable = x.variable();
              Tensor loss = a.times(variable.minus(target).square()).sum().times(0.5);
              Close.numbers(step.number("loss_before"), loss.item(), tolerance, what + ": loss");
              Tensor gradient = engine.gradients(loss, List.of(variable), false).get(0);
              Close.to(step.tensor("grad"), gradient, tolerance, what + ": gradient");
              optimizer.updateAll(
                  engine, List.of(x), List.of(gradient), List.of(slots), update, optimizer.lr());
              String at = what + " after " + update;
              Close.to(step.tensor("x"), x, tolerance, at);
              if (step.has("m")) {
                Close.to(step.tensor("m"), slots.get(0), tolerance, at + ": m");
                Close.to(step.tensor("v"), slots.get(1), tolerance, at + ": v");
              }
              update++;
            }
          }
        });
  }

  private static Optimizer optimizer(Golden c) {
    double lr = c.number("lr");
    String name = c.text("optimizer");
    if (name.startsWith("adam")) {
      double[] betas = c.numbers("betas");
      Adam adam = Adam.adam(lr, betas[0], betas[1]).eps(c.number("eps"));
      return switch (name) {
        case "adam" -> adam;
        case "adam weight_decay (L2)" -> adam.weightDecay(c.number("weight_decay"));
        default ->
            AdamW.adamW(lr, betas[0], betas[1])
                .eps(c.number("eps"))
                .weightDecay(c.number("weight_decay"));
      };
    }
    return name.equals("rmsprop")
        ? RmsProp.rmsProp().lr(lr).decay(c.number("alpha")).eps(c.number("eps"))
        : Sgd.sgd(lr).momentum(c.number("momentum"));
  }

  /** The expected update of one number, in plain arithmetic. */
  @FunctionalInterface
  interface Reference {
    /** The number after the update; the state is changed in place. */
    double step(double x, double g, double[] memory, int t);
  }

  /**
   * The same gradients for three numbers over four steps; eps is large, so that its place matters.
   */
  private static void follows(
      EngineUnderTest suite, Optimizer optimizer, double start, Reference reference) {
    double[][] gradients = {{0.5, -3, 0.02}, {-0.25, 4, 0.7}, {1.5, 0.125, -0.3}, {0, -1, 0.01}};
    Starts.withDoubles(
        suite,
        engine -> {
          double[] expected = {1, -2, 0.5};
          double[][] memory = new double[3][optimizer.slots().size()];
          for (double[] own : memory) {
            Arrays.fill(own, start);
          }
          Tensor x = Values.of(Shape.of(3), expected).on(engine);
          List<Tensor> slots =
              optimizer.slots().stream()
                  .map(slot -> engine.full(optimizer.start(slot), Shape.of(3)))
                  .toList();
          for (int t = 1; t <= gradients.length; t++) {
            double[] g = gradients[t - 1];
            optimizer.update(x, Values.of(Shape.of(3), g).on(engine), slots, t, optimizer.lr());
            for (int i = 0; i < 3; i++) {
              expected[i] = reference.step(expected[i], g[i], memory[i], t);
            }
            Close.to(Values.of(Shape.of(3), expected), x, 1e-13, optimizer + " after " + t);
          }
        });
  }

  /** Kingma and Ba, section 2; Keras 3's and TensorFlow 1's Adam. */
  @Test
  default void adamsEpsilonHatIsAddedBeforeTheCorrection() {
    follows(
        this,
        Adam.adam(0.1, 0.6, 0.9).eps(0.3).epsHat(true),
        0,
        (x, g, memory, t) -> {
          memory[0] = 0.6 * memory[0] + 0.4 * g;
          memory[1] = 0.9 * memory[1] + 0.1 * g * g;
          double alpha = 0.1 * Math.sqrt(1 - Math.pow(0.9, t)) / (1 - Math.pow(0.6, t));
          return x - alpha * memory[0] / (Math.sqrt(memory[1]) + 0.3);
        });
  }

  /** The same after decoupled weight decay. */
  @Test
  default void adamWsEpsilonHatIsAddedBeforeTheCorrection() {
    follows(
        this,
        AdamW.adamW(0.1, 0.6, 0.9).eps(0.3).epsHat(true).weightDecay(0.2),
        0,
        (x, g, memory, t) -> {
          memory[0] = 0.6 * memory[0] + 0.4 * g;
          memory[1] = 0.9 * memory[1] + 0.1 * g * g;
          double alpha = 0.1 * Math.sqrt(1 - Math.pow(0.9, t)) / (1 - Math.pow(0.6, t));
          return x - 0.1 * 0.2 * x - alpha * memory[0] / (Math.sqrt(memory[1]) + 0.3);
        });
  }

  /** TensorFlow 1's RMSprop: v from 1, epsilon under the root. */
  @Test
  default void rmsPropMayBeginAtOneWithEpsilonUnderTheRoot() {
    follows(
        this,
        RmsProp.rmsProp().lr(0.1).decay(0.8).eps(0.3).epsInRoot(true).startAtOne(true),
        1,
        (x, g, memory, t) -> {
          memory[0] = 0.8 * memory[0] + 0.2 * g * g;
          return x - 0.1 * g / Math.sqrt(memory[0] + 0.3);
        });
  }

  /** Keras 3's: v from 0, epsilon under the root. */
  @Test
  default void rmsPropMayBeginAtZeroWithEpsilonUnderTheRoot() {
    follows(
        this,
        RmsProp.rmsProp().lr(0.1).decay(0.8).eps(0.3).epsInRoot(true),
        0,
        (x, g, memory, t) -> {
          memory[0] = 0.8 * memory[0] + 0.2 * g * g;
          return x - 0.1 * g / Math.sqrt(memory[0] + 0.3);
        });
  }

  /** Plain gradient descent, and the rate that the caller hands over, not the optimizer's. */
  @Test
  default void theRateIsTheCallers() {
    Starts.withDoubles(
        this,
        engine -> {
          Tensor x = Values.of(Shape.of(2), 3, -4).on(engine);
          Tensor gradient = Values.of(Shape.of(2), 10, 100).on(engine);
          Sgd.sgd(123).update(x, gradient, List.of(), 1, 0.25);
          Close.to(Values.of(Shape.of(2), 0.5, -29), x, 1e-15, "after one step");
          Assertions.assertEquals(List.of(), Sgd.sgd(123).slots());
        });
  }

  /** Adam's first step is the rate whatever the gradient's size, as long as eps is far below. */
  @Test
  default void adamsFirstStepIsTheRate() {
    Starts.withDoubles(
        this,
        engine -> {
          Tensor x = Values.of(Shape.of(3), 0, 0, 0).on(engine);
          Tensor gradient = Values.of(Shape.of(3), 1e-3, -5, 400).on(engine);
          List<Tensor> slots = List.of(engine.full(0, Shape.of(3)), engine.full(0, Shape.of(3)));
          Adam.adam().eps(1e-20).update(x, gradient, slots, 1, 0.01);
          Close.to(Values.of(Shape.of(3), -0.01, 0.01, -0.01), x, 1e-14, "after one step");
        });
  }
}
