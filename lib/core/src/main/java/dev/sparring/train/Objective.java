package dev.sparring.train;

import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.loss.Auxiliary;
import dev.sparring.loss.Constraint;
import dev.sparring.loss.CrossEntropy;
import dev.sparring.loss.DiscriminatorOutput;
import dev.sparring.loss.DiscriminatorTerm;
import dev.sparring.loss.GeneratorTerm;
import dev.sparring.loss.Term;
import dev.sparring.network.Network;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.RecipeException;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The objectives of the two networks of a recipe: its loss and all its terms, on samples as the
 * discriminator sees them. It has no state: the same batch, with the same states of terms in its
 * {@link NextUpdate}, always gives the same function.
 */
public final class Objective {
  private final Recipe recipe;
  private final DiscriminatorInput discriminatorInput;
  private final Seed seed;
  private final Engine engine;
  private final GamePlan plan;
  private final int accumulate;

  /** Whether something differentiates scores by samples. */
  private final boolean differentiatesSamples;

  /** Whether the discriminator outputs class logits after its score. */
  private final boolean classifies;

  /**
   * The objectives of a planned recipe.
   *
   * @throws EngineException if a term needs an ability that the engine lacks
   */
  public Objective(GamePlan plan, Engine engine) {
    this(plan, engine, plan.recipe().train().runSeeds().rest());
  }

  /**
   * The same with other random numbers in augmentations and terms.
   *
   * @param seed instead of the recipe's
   * @throws EngineException if a term needs an ability that the engine lacks
   */
  public Objective(GamePlan plan, Engine engine, Seed seed) {
    this.seed = seed;
    this.engine = engine;
    this.plan = plan;
    recipe = plan.recipe();
    accumulate = recipe.train().accumulate();
    for (Term term : recipe.terms()) {
      if (term instanceof DiscriminatorTerm t && t.needsSecondDerivatives()) {
        requireSecondDerivatives(engine, term);
      }
    }
    DiscriminatorOutput output = recipe.discriminator().output();
    if (output != null && output.needsSecondDerivatives()) {
      requireSecondDerivatives(engine, output);
    }
    differentiatesSamples =
        output != null
            || recipe.terms().stream()
                .anyMatch(t -> t instanceof DiscriminatorTerm d && d.differentiatesSamples());
    classifies = plan.discriminator().last() instanceof AuxiliaryClassifier;
    discriminatorInput = new DiscriminatorInput(recipe, engine, seed);
  }

  private static void requireSecondDerivatives(Engine engine, Object what) {
    if (!engine.abilities().contains(Ability.SECOND_DERIVATIVES)) {
      throw new EngineException(
          "the engine " + engine.name() + " has no second derivatives, which " + what + " needs");
    }
  }

  /**
   * The discriminator's objective.
   *
   * @param value a scalar, with all terms
   * @param realScores of the real samples
   * @param fakeScores of the generated ones
   * @param real the real samples, by which their scores can be differentiated if those given can or
   *     if a term does it
   * @param fake the generated ones, likewise
   * @param measured what the batch says of the states of terms, by name
   */
  public record Verdict(
      Tensor value,
      Tensor realScores,
      Tensor fakeScores,
      Tensor real,
      Tensor fake,
      Map<String, Tensor> measured) {
    /** Copies the map. */
    public Verdict {
      measured = Map.copyOf(measured);
    }
  }

  /**
   * The discriminator's objective for one batch.
   *
   * @param next the update
   * @param discriminator its forward pass
   * @param weights its raw parameters by path, on which gradients flow
   * @param givenReal samples
   * @param givenFake generated samples
   */
  public Verdict discriminator(
      NextUpdate next,
      ForwardPass discriminator,
      Map<String, Tensor> weights,
      Batch givenReal,
      Batch givenFake) {
    Recipe now = recipe.at(next.step());
    Batch rawReal = differentiable(givenReal);
    Batch rawFake = differentiable(givenFake);
    Tensor seenReal = discriminatorInput.prepare(rawReal, "real", next);
    Tensor seenFake = discriminatorInput.prepare(rawFake, "fake", next);
    Tensor ofReal = discriminator.apply(seenReal, rawReal.labels());
    Tensor ofFake = discriminator.apply(seenFake, rawFake.labels());
    Tensor realScores = scores(ofReal, seenReal, now);
    Tensor fakeScores = scores(ofFake, seenFake, now);
    Tensor value = scalar("loss", now.loss().discriminator(realScores, fakeScores));
    List<Term> terms = now.terms();
    Map<String, Tensor> measured = new HashMap<>();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i) instanceof Auxiliary term) {
        value = withClasses(value, term.real(), ofReal, rawReal);
        value = withClasses(value, term.fake(), ofFake, rawFake);
      } else if (terms.get(i) instanceof DiscriminatorTerm term) {
        int place = i;
        DiscriminatorUpdate update =
            new DiscriminatorUpdate(
                engine,
                seed.stream("term " + i, next.number()),
                next.number() / accumulate,
                seenReal,
                seenFake,
                realScores,
                fakeScores,
                plan,
                weights,
                (x, labels) -> scores(discriminator.apply(x, labels), x, now),
                rawReal,
                rawFake,
                discriminatorInput,
                next,
                name -> next.states().of(place, term, name, engine));
        value = value.plus(scalar("terms." + i, term.value(update)));
        measured.putAll(TermStates.measured(i, term, update));
      }
    }
    return new Verdict(value, realScores, fakeScores, rawReal.x(), rawFake.x(), measured);
  }

  /** Samples by which scores are differentiated, if something does that. */
  private Batch differentiable(Batch samples) {
    return differentiatesSamples ? samples.x(samples.x().variable()) : samples;
  }

  /**
   * The generator's objective for one batch.
   *
   * @param next the update
   * @param discriminator its forward pass
   * @param weights the generator's raw parameters by path, on which gradients flow
   * @param fake generated for this update
   * @param cycle both generators where there is a backward direction, or null
   */
  public Tensor generator(
      NextUpdate next,
      ForwardPass discriminator,
      Map<String, Tensor> weights,
      Batch fake,
      @Nullable Cycle cycle) {
    Recipe now = recipe.at(next.step());
    Tensor seen = discriminatorInput.prepare(fake, "fake for the generator", next);
    Tensor ofFake = discriminator.apply(seen, fake.labels());
    Tensor value =
        scalar(
            "loss",
            now.loss()
                .generator(
                    scores(ofFake, seen, now),
                    () -> {
                      Batch compared = differentiable(next.real().get());
                      Tensor real =
                          discriminatorInput.prepare(compared, "real for the generator", next);
                      return scores(discriminator.apply(real, compared.labels()), real, now);
                    }));
    List<Term> terms = now.terms();
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i) instanceof Auxiliary term) {
        value = withClasses(value, term.generator(), ofFake, fake);
      } else if (terms.get(i) instanceof GeneratorTerm term) {
        value =
            value.plus(
                scalar(
                    "terms." + i,
                    term.value(
                        new GeneratorUpdate(
                            engine,
                            next.number() / accumulate,
                            fake.x(),
                            next.from(),
                            next.real(),
                            cycle,
                            plan,
                            weights))));
      }
    }
    return value;
  }

  /** What a loss or a term returned; a user's may return something else. */
  private static Tensor scalar(String place, @Nullable Tensor value) {
    if (value == null) {
      throw new RecipeException(place, "returned null, expected a scalar");
    }
    if (value.shape().rank() != 0) {
      throw new RecipeException(
          place, "returned a tensor of shape " + value.shape() + ", expected a scalar");
    }
    return value;
  }

  /** What losses and terms see of the discriminator's output for samples. */
  private Tensor scores(Tensor all, Tensor x, Recipe now) {
    DiscriminatorOutput output = now.discriminator().output();
    Tensor scores = classifies ? AuxiliaryClassifier.scores(all) : all;
    return output == null ? scores : output.scores(scores, x, engine);
  }

  private Tensor withClasses(Tensor value, double weight, Tensor output, Batch batch) {
    Tensor labels = batch.labels();
    if (labels == null) {
      throw new IllegalStateException("samples without classes, which a term asks for");
    }
    return weight == 0
        ? value
        : value.plus(
            CrossEntropy.of(engine, AuxiliaryClassifier.logits(output), labels).times(weight));
  }

  /**
   * Applies the recipe's constraints to the discriminator's parameters after an update.
   *
   * @param step of the update
   */
  void constrain(Network discriminator, long step) {
    for (Term term : recipe.at(step).terms()) {
      if (term instanceof Constraint constraint) {
        discriminator.parameters().values().forEach(p -> p.assign(constraint.apply(p)));
      }
    }
  }

  /**
   * Moves what the discriminator's terms keep after an update.
   *
   * @param number of the update, from 0
   * @param step of the update
   */
  void follow(TermStates states, long number, long step) {
    states.follow(recipe.at(step).terms(), number, accumulate);
  }

  /** Samples as the discriminator sees them, with random changes that no update uses. */
  Tensor seen(Batch samples, NextUpdate next) {
    return discriminatorInput.prepare(samples, "another look", next);
  }

  /** The weights of one of the game's networks as matrices. */
  static List<Tensor> matrices(GamePlan plan, Map<String, Tensor> parameters) {
    return plan.networks().stream()
        .filter(n -> parameters.keySet().stream().anyMatch(path -> path.startsWith(n.name() + ".")))
        .flatMap(n -> Network.matrices(n, parameters).stream())
        .toList();
  }

  private record GeneratorUpdate(
      Engine engine,
      long number,
      Tensor made,
      Batch from,
      Supplier<Batch> real,
      @Nullable Cycle cycle,
      GamePlan plan,
      Map<String, Tensor> parameters)
      implements GeneratorTerm.Update {
    @Override
    public List<Tensor> weights() {
      return matrices(plan, parameters);
    }

    @Override
    public Tensor target() {
      Tensor pair = from.pair();
      if (pair == null) {
        throw new IllegalStateException("no target: the data does not come in pairs");
      }
      return pair;
    }

    @Override
    public Tensor source() {
      both();
      return from.x();
    }

    @Override
    public Tensor returned() {
      return both().backward().apply(made, null);
    }

    @Override
    public Tensor wanted() {
      both();
      return real.get().x();
    }

    @Override
    public Tensor kept() {
      return both().forward().apply(wanted(), null);
    }

    private Cycle both() {
      if (cycle == null) {
        throw new IllegalStateException(NO_BACKWARD_DIRECTION);
      }
      return cycle;
    }
  }
}
