package dev.sparring.recipe;

import dev.sparring.augment.Augmentation;
import dev.sparring.data.Data;
import dev.sparring.layer.Layer;
import dev.sparring.loss.Loss;
import dev.sparring.loss.Term;
import dev.sparring.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a recipe from Java.
 *
 * <pre>{@code
 * Recipe recipe = Gan.named("digits")
 *     .data(digits())
 *     .generator(g -> g.latent(64).init(orthogonal())
 *         .layers(dense(1024), reshape(64, 4, 4), batchNorm(), relu(), ...))
 *     .discriminator(d -> d.norm(bssn(1.4)).layers(conv(32), leakyRelu(0.1), ...))
 *     .loss(hinge())
 *     .optimizers(adam(2e-4, 0.5, 0.999), adam(4e-4, 0.5, 0.999))
 *     .train(Train.train().steps(2000))
 *     .build();
 * }</pre>
 */
public final class Gan {
  private final String name;
  private Conventions conventions = Conventions.SPARRING;
  private @Nullable Data data;
  private final List<BlockDefinition> blocks = new ArrayList<>();
  private @Nullable Generator generator;
  private @Nullable Discriminator discriminator;
  private @Nullable Loss loss;
  private final List<Term> terms = new ArrayList<>();
  private final List<Augmentation> augment = new ArrayList<>();
  private @Nullable Ema ema;
  private Optimizers optimizers = Optimizers.optimizers();
  private Train train = Train.train();
  private Divergence divergence = Divergence.divergence();
  private Output output = Output.output();
  private @Nullable Evaluate evaluate;

  private Gan(String name) {
    this.name = name;
  }

  /** Begins a recipe of that name. */
  public static Gan named(String name) {
    return new Gan(name);
  }

  /** The framework whose defaults apply to open settings; this library's own by default. */
  public Gan conventions(Conventions conventions) {
    this.conventions = conventions;
    return this;
  }

  /** The training data; required. */
  public Gan data(Data data) {
    this.data = data;
    return this;
  }

  /** Layers that the networks use by name: {@code Block.block(name)}. */
  public Gan block(String name, Layer... layers) {
    blocks.add(new BlockDefinition(name, List.of(layers)));
    return this;
  }

  /** The network that generates samples; required. */
  public Gan generator(Consumer<? super GeneratorBuilder> settings) {
    GeneratorBuilder builder = new GeneratorBuilder();
    settings.accept(builder);
    generator = builder.build();
    return this;
  }

  /** The network that scores samples; required. */
  public Gan discriminator(Consumer<? super DiscriminatorBuilder> settings) {
    DiscriminatorBuilder builder = new DiscriminatorBuilder();
    settings.accept(builder);
    discriminator = builder.build();
    return this;
  }

  /** The loss that the two minimize. */
  public Gan loss(Loss loss) {
    this.loss = loss;
    return this;
  }

  /** Adds terms to the losses, after those added before. */
  public Gan terms(Term... more) {
    terms.addAll(List.of(more));
    return this;
  }

  /** Adds augmentations of the discriminator's input, after those added before. */
  public Gan augment(Augmentation... more) {
    augment.addAll(List.of(more));
    return this;
  }

  /** Samples are generated from an average of the generator's weights. */
  public Gan ema(Ema ema) {
    this.ema = ema;
    return this;
  }

  /** The optimizers of the two networks. */
  public Gan optimizers(Optimizer generator, Optimizer discriminator) {
    optimizers = new Optimizers(generator, discriminator);
    return this;
  }

  /** How long, in which order and from which seed. */
  public Gan train(Train train) {
    this.train = train;
    return this;
  }

  /** What the run does when it diverges; it stops by default. */
  public Gan divergence(Divergence divergence) {
    this.divergence = divergence;
    return this;
  }

  /** What is written and how often. */
  public Gan output(Output output) {
    this.output = output;
    return this;
  }

  /** How the run measures its samples; it does not by default. */
  public Gan evaluate(Evaluate evaluate) {
    this.evaluate = evaluate;
    return this;
  }

  /**
   * The recipe.
   *
   * @throws RecipeException if data, generator or discriminator is missing
   */
  public Recipe build() {
    Recipe recipe =
        Recipe.recipe(
            required("data", data),
            required("generator", generator),
            required("discriminator", discriminator));
    return new Recipe(
        name,
        conventions,
        recipe.data(),
        blocks,
        recipe.generator(),
        recipe.discriminator(),
        loss == null ? recipe.loss() : loss,
        terms,
        augment,
        optimizers,
        train,
        ema,
        divergence,
        output,
        evaluate);
  }

  private <T> T required(String what, @Nullable T value) {
    if (value == null) {
      throw new RecipeException(what, "missing: gan '" + name + "' has no " + what);
    }
    return value;
  }
}
