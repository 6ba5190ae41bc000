package dev.sparring.conformance;

import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.GeneratorTerm;
import dev.sparring.loss.TermState;
import dev.sparring.random.RandomStream;
import dev.sparring.random.Seed;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Terms of players with two weights and a tanh between them. */
final class KitTerm {
  private static final List<Values> WEIGHTS =
      List.of(Values.random(61, 4, 3), Values.random(62, 3, 4));

  private KitTerm() {}

  static Stream<DynamicTest> ofDiscriminator(DiscriminatorTerm word) {
    return gradients(
        word.needsSecondDerivatives(),
        (engine, weights) -> word.value(new OfDiscriminator(word, engine, weights)));
  }

  static Stream<DynamicTest> ofGenerator(GeneratorTerm word) {
    return gradients(false, (engine, weights) -> word.value(new OfGenerator(engine, weights)));
  }

  private static Stream<DynamicTest> gradients(boolean second, GradientCase.Operation value) {
    GradientCase gradients =
        new GradientCase(
            "the term",
            WEIGHTS,
            (engine, weights) -> Kit.scalar(value.apply(engine, weights), "the term"));
    return Kit.onEnginesInScope(
        "gradients of the term",
        engine -> {
          Assumptions.assumeTrue(
              !second || engine.abilities().contains(Ability.SECOND_DERIVATIVES),
              "the engine has first derivatives only");
          gradients.checkFirst(engine, Layout.UPLOADED);
        });
  }

  /** (N, 3) to (N, 3). */
  private static Tensor through(List<Tensor> weights, Tensor x) {
    return x.linear(weights.get(0), null).tanh().linear(weights.get(1), null);
  }

  private record OfDiscriminator(
      DiscriminatorTerm word, Engine engine, List<Tensor> weights, Tensor real, Tensor fake)
      implements DiscriminatorTerm.Update {
    /** Terms may differentiate scores by samples. */
    OfDiscriminator(DiscriminatorTerm word, Engine engine, List<Tensor> weights) {
      this(
          word,
          engine,
          weights,
          Values.random(63, 5, 3).on(engine).variable(),
          Values.random(64, 5, 3).on(engine).variable());
    }

    /** At its first value. */
    @Override
    public Tensor state(String name) {
      for (TermState state : word.states()) {
        if (state.name().equals(name)) {
          return engine.full(state.initial(), state.shape());
        }
      }
      throw new IllegalStateException("the term has no state '" + name + "'");
    }

    @Override
    public RandomStream random() {
      return new Seed(1).stream("term");
    }

    @Override
    public long number() {
      return 0;
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
      return through(weights, x).sum(1);
    }

    @Override
    public Tensor fakeScores(Tensor x) {
      return scores(x);
    }
  }

  private record OfGenerator(Engine engine, List<Tensor> weights) implements GeneratorTerm.Update {
    @Override
    public long number() {
      return 0;
    }

    @Override
    public Tensor made() {
      return through(weights, source());
    }

    @Override
    public Tensor target() {
      return Values.random(65, 5, 3).on(engine);
    }

    @Override
    public Tensor source() {
      return Values.random(66, 5, 3).on(engine);
    }

    @Override
    public Tensor returned() {
      return through(weights, made());
    }

    @Override
    public Tensor wanted() {
      return Values.random(67, 5, 3).on(engine);
    }

    @Override
    public Tensor kept() {
      return through(weights, wanted());
    }
  }
}
