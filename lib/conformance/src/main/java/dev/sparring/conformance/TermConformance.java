package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.loss.ClipWeights;
import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.Dragan;
import dev.sparring.loss.GeneratorTerm;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.OrthogonalRegularization;
import dev.sparring.loss.OrthogonalRegularization.Side;
import dev.sparring.loss.R1;
import dev.sparring.loss.R2;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The terms that recipes add to losses: values, and gradients by the players' weights. */
public interface TermConformance extends EngineUnderTest {
  /**
   * PyTorch's values at the points of the golden file: if real and generated samples are equal, so
   * are the points between them, whatever the shares.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void gradientPenaltyIsThatOfTheReference(Precision precision) {
    withSecondDerivatives(
        precision,
        engine -> {
          for (Golden c : Golden.load("wgan_gp").cases()) {
            Tensor x = c.tensor("x_hat").on(engine);
            penalty(engine, c, GradientPenalty.gradientPenalty(10), x, x, 10);
          }
        });
  }

  /**
   * The golden penalty is that of gamma 1; R2 does at generated samples what R1 does at real ones.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void r1AndR2AreThoseOfTheReference(Precision precision) {
    withSecondDerivatives(
        precision,
        engine -> {
          for (Golden c : Golden.load("r1").cases()) {
            Tensor x = c.tensor("real").on(engine);
            Tensor elsewhere = x.plus(0.5);
            penalty(engine, c, R1.r1().gamma(6), x, elsewhere, 6);
            penalty(engine, c, R2.r2().gamma(6), elsewhere, x, 6);
          }
        });
  }

  private static void penalty(
      Engine engine, Golden c, DiscriminatorTerm term, Tensor real, Tensor fake, double factor) {
    double tolerance = 10 * EngineUnderTest.tolerance(engine.precision());
    List<String> names = List.of("w1", "b1", "w2", "b2");
    List<Tensor> weights = names.stream().map(n -> c.tensor(n).on(engine).variable()).toList();
    Tensor value = term.value(new Given(engine, 0, real, fake, x -> judge(c, x, weights)));
    Close.numbers(factor * c.number("penalty"), value.item(), tolerance, c + ": penalty");
    List<Tensor> gradients = engine.gradients(value, weights, false);
    for (int i = 0; i < names.size(); i++) {
      Close.to(
          c.tensor("grad_" + names.get(i)).scaled(factor, 0),
          gradients.get(i),
          tolerance,
          c + ": by " + names.get(i));
    }
  }

  /** The discriminators of the golden files. */
  private static Tensor judge(Golden c, Tensor x, List<Tensor> weights) {
    boolean images = c.text("net").equals("conv");
    Tensor hidden =
        images
            ? x.conv2d(weights.get(0), weights.get(1), 2, 1)
            : x.linear(weights.get(0), weights.get(1));
    int samples = x.shape().dim(0);
    return Operations.named(c.text("activation"))
        .apply(hidden)
        .reshape(Shape.of(samples, hidden.shape().elements() / samples))
        .linear(weights.get(2), weights.get(3));
  }

  /** By finite differences, with different real and generated samples. */
  @TestFactory
  default Stream<DynamicTest> gradientsOfTerms() {
    Map<String, DiscriminatorTerm> terms = new LinkedHashMap<>();
    terms.put("gradient penalty", GradientPenalty.gradientPenalty(3));
    terms.put("dragan", Dragan.dragan());
    terms.put("r1", R1.r1());
    terms.put("r2", R2.r2().gamma(2));
    OrthogonalRegularization regularization =
        OrthogonalRegularization.orthogonalRegularization().weight(0.3).network(Side.BOTH);
    terms.put("orthogonal regularization", regularization);
    terms.put("with lengths", regularization.offDiagonalOnly(false));
    return terms.entrySet().stream()
        .map(
            e -> {
              GradientCase differences =
                  new GradientCase(
                      e.getKey(),
                      List.of(
                          Values.random(1, 4, 5),
                          Values.random(2, 4),
                          Values.random(3, 1, 4),
                          Values.random(4, 1)),
                      (engine, weights) -> e.getValue().value(smooth(engine, weights)));
              return DynamicTest.dynamicTest(
                  e.getKey(),
                  () ->
                      withSecondDerivatives(
                          Precision.FLOAT64,
                          engine -> differences.checkFirst(engine, Layout.UPLOADED)));
            });
  }

  private static Given smooth(Engine engine, List<Tensor> weights) {
    return new Given(
        engine,
        0,
        Values.random(5, 3, 5).on(engine).variable(),
        Values.random(6, 3, 5).on(engine).variable(),
        x -> x.linear(weights.get(0), weights.get(1)).tanh().linear(weights.get(2), weights.get(3)),
        List.of(weights.get(0), weights.get(2)));
  }

  /** Where the discriminator is flat, the norm has a kink; there its gradient is 0 and a number. */
  @Test
  default void aFlatDiscriminatorHasAPenalty() {
    withSecondDerivatives(
        Precision.FLOAT32,
        engine -> {
          Tensor w = Values.of(Shape.of(2, 2), -1, -2, -3, -4).on(engine).variable();
          Tensor v = Values.of(Shape.of(1, 2), 1, 2).on(engine).variable();
          Tensor x = Values.of(Shape.of(2, 2), 1, 2, 3, 4).on(engine);
          Tensor value =
              GradientPenalty.gradientPenalty(10)
                  .value(
                      new Given(engine, 0, x, x, at -> at.linear(w, null).relu().linear(v, null)));
          Close.numbers(10, value.item(), 1e-6, "penalty");
          for (Tensor gradient : engine.gradients(value, List.of(w, v), false)) {
            for (double g : gradient.toDoubles()) {
              Close.numbers(0, g, 0, "gradient");
            }
          }
        });
  }

  /** For D(x) = |x|^2 / 2, with slope x: by hand from the numbers that the term has drawn. */
  @Test
  default void draganLooksAroundRealSamples() {
    withSecondDerivatives(
        Precision.FLOAT64,
        engine -> {
          double[] x = {1, -2, 0.5, 3, 0, -1.5};
          Tensor real = Values.of(Shape.of(2, 3), x).on(engine);
          Tensor fake = engine.full(100, Shape.of(2, 3));
          Given update = new Given(engine, 4, real, fake, at -> at.square().sum(1).times(0.5));
          double mean = (1 - 2 + 0.5 + 3 + 0 - 1.5) / 6;
          double squares = 0;
          for (double v : x) {
            squares += (v - mean) * (v - mean);
          }
          double deviation = Math.sqrt(squares / 6);
          RandomStream random = update.random();
          double expected = 0;
          for (int i = 0; i < 2; i++) {
            double norm = 0;
            for (int k = 0; k < 3; k++) {
              double at = x[3 * i + k] + 0.8 * deviation * random.uniform();
              norm += at * at;
            }
            expected += 7 * Math.pow(Math.sqrt(norm) - 1, 2) / 2;
          }
          Close.numbers(
              expected,
              Dragan.dragan().weight(7).spread(0.8).value(update).item(),
              1e-12,
              "dragan");
        });
  }

  /** In one of three updates, three times as large, and without a pass in the others. */
  @Test
  default void lazyTermsAreRareAndLarge() {
    withSecondDerivatives(
        Precision.FLOAT64,
        engine -> {
          Tensor real = Values.of(Shape.of(1, 2), 1, 2).on(engine);
          Tensor fake = Values.of(Shape.of(1, 2), 3, -1).on(engine);
          int[] passes = new int[1];
          for (int number = 0; number < 7; number++) {
            Given update =
                new Given(
                    engine,
                    number,
                    real,
                    fake,
                    x -> {
                      passes[0]++;
                      return x.square().sum(1).times(0.5);
                    });
            double factor = number % 3 == 0 ? 3 : 0;
            assertEquals(factor * 4 / 2 * 5, R1.r1().gamma(4).every(3).value(update).item(), 1e-12);
            assertEquals(
                factor * 4 / 2 * 10, R2.r2().gamma(4).every(3).value(update).item(), 1e-12);
          }
          assertEquals(6, passes[0]);
        });
  }

  /** By hand: rows (1, 2), (3, -1), (0, 2) have products 1, 4 and -2 off the diagonal. */
  @Test
  default void orthogonalRegularizationByHand() {
    Starts.withDoubles(
        this,
        engine -> {
          Tensor w = Values.of(Shape.of(3, 2), 1, 2, 3, -1, 0, 2).on(engine);
          Tensor row = Values.of(Shape.of(1, 2), 3, 4).on(engine);
          Given d = new Given(engine, 0, w, w, x -> x, List.of(w, row));
          GeneratorUpdate g = new GeneratorUpdate(engine, List.of(w));
          OrthogonalRegularization term =
              OrthogonalRegularization.orthogonalRegularization().weight(0.5).network(Side.BOTH);
          double off = 2 * (1 + 16 + 4);
          assertEquals(0.5 * off, term.value(d).item(), 1e-12);
          assertEquals(0.5 * off, term.value(g).item(), 1e-12);
          double lengths = 4 * 4 + 9 * 9 + 3 * 3;
          assertEquals(
              0.5 * (off + lengths + 24 * 24), term.offDiagonalOnly(false).value(d).item(), 1e-12);
          assertEquals(0.5 * (off + lengths), term.offDiagonalOnly(false).value(g).item(), 1e-12);
          assertEquals(0, term.network(Side.GENERATOR).value(d).item());
          assertEquals(0.5 * off, term.network(Side.GENERATOR).value(g).item(), 1e-12);
          assertEquals(0.5 * off, term.network(Side.DISCRIMINATOR).value(d).item(), 1e-12);
          assertEquals(0, term.network(Side.DISCRIMINATOR).value(g).item());
        });
  }

  /** Values within the limit keep every bit. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void clippingCutsOff(Precision precision) {
    Starts.with(
        this,
        precision,
        engine -> {
          Tensor w = Values.of(Shape.of(6), 0.1, -0.1, 0.7, -0.26, 1e-9, -0.25).on(engine);
          Close.to(
              Values.of(Shape.of(6), 0.1, -0.1, 0.25, -0.25, 1e-9, -0.25),
              ClipWeights.clipWeights(0.25).apply(w),
              precision == Precision.FLOAT64 ? 1e-16 : 1e-7,
              "clipped");
          float[] kept = ClipWeights.clipWeights(0.25).apply(w).toFloats();
          assertEquals(0.1f, kept[0]);
          assertEquals(1e-9f, kept[4]);
        });
  }

  private void withSecondDerivatives(Precision precision, Consumer<Engine> body) {
    Starts.with(
        this,
        precision,
        engine -> {
          assumeTrue(engine.abilities().contains(Ability.SECOND_DERIVATIVES));
          body.accept(engine);
        });
  }

  /** An update of a discriminator that is a function. */
  record Given(
      Engine engine,
      long number,
      Tensor real,
      Tensor fake,
      UnaryOperator<Tensor> discriminator,
      List<Tensor> weights)
      implements DiscriminatorTerm.Update {
    /** Terms may differentiate scores by samples. */
    Given(
        Engine engine, long number, Tensor real, Tensor fake, UnaryOperator<Tensor> discriminator) {
      this(engine, number, real.variable(), fake.variable(), discriminator, List.of());
    }

    @Override
    public RandomStream random() {
      return new Seed(3).stream("term", number);
    }

    @Override
    public Tensor realScores() {
      return scores(real);
    }

    @Override
    public Tensor fakeScores() {
      return scores(fake);
    }

    @Override
    public Tensor scores(Tensor x) {
      return discriminator.apply(x);
    }

    @Override
    public Tensor fakeScores(Tensor x) {
      return discriminator.apply(x);
    }
  }

  /** An update of a generator of which only the weights are known. */
  record GeneratorUpdate(Engine engine, List<Tensor> weights) implements GeneratorTerm.Update {
    @Override
    public long number() {
      return 0;
    }

    @Override
    public Tensor made() {
      throw new IllegalStateException("nothing made");
    }

    @Override
    public Tensor target() {
      throw new IllegalStateException("no target");
    }
  }
}
