package dev.sparring.recipe;

import dev.sparring.augment.Augmentation;
import dev.sparring.data.Data;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.Term;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An experiment: everything that decides how a run goes, and nothing else. Equal recipes are equal
 * objects, whichever face built them.
 *
 * @param name what the run is called; letters, digits, {@code . _ -}
 * @param conventions whose defaults hold where the recipe is silent
 * @param data what it trains on
 * @param blocks layers that the networks use by name
 * @param generator the network that makes samples
 * @param discriminator the network that judges them
 * @param loss what the two minimize
 * @param terms what is added to their losses
 * @param augment what samples go through before the discriminator sees them, in this order
 * @param optimizer how they learn
 * @param train how long, in which order and from which seed
 * @param ema the average of the generator that samples are made of, or null for the generator as it
 *     is
 * @param output what is written and how often
 * @param evaluate how the run measures its samples, or null for not at all
 */
public record Recipe(
    String name,
    Conventions conventions,
    Data data,
    List<BlockDefinition> blocks,
    Generator generator,
    Discriminator discriminator,
    Loss loss,
    List<Term> terms,
    List<Augmentation> augment,
    Optimizers optimizer,
    Train train,
    @Nullable Ema ema,
    Output output,
    @Nullable Evaluate evaluate) {
  /** Checks the name, which becomes the name of a directory. */
  public Recipe {
    Require.name("name", name);
    blocks = List.copyOf(blocks);
    terms = List.copyOf(terms);
    augment = List.copyOf(augment);
    blocks.stream()
        .collect(Collectors.groupingBy(BlockDefinition::name, Collectors.counting()))
        .forEach(
            (block, times) -> {
              if (times > 1) {
                throw new IllegalArgumentException(
                    "blocks must have different names, '" + block + "' comes " + times + " times");
              }
            });
  }

  /**
   * The defaults: named gan, this library's own conventions, non-saturating loss, Adam, those of
   * {@link Train} and {@link Output}; nothing added, augmented, averaged or measured.
   */
  @Defaults
  public static Recipe recipe(Data data, Generator generator, Discriminator discriminator) {
    return new Recipe(
        "gan",
        Conventions.SPARRING,
        data,
        List.of(),
        generator,
        discriminator,
        NonSaturating.nonSaturating(),
        List.of(),
        List.of(),
        Optimizers.optimizers(),
        Train.train(),
        null,
        Output.output(),
        null);
  }

  /**
   * The same with every setting written out that its convention decides. It trains as the recipe
   * itself does, and is its own effective form.
   */
  public Recipe resolved() {
    return new ConventionResolver(conventions).recipe(this);
  }

  /** The same under other conventions, which change what it leaves open and nothing else. */
  public Recipe conventions(Conventions conventions) {
    return Settings.with(this, "conventions", conventions);
  }

  /** The same with another training. */
  public Recipe train(Train train) {
    return Settings.with(this, "train", train);
  }

  /** The same with another output. */
  public Recipe output(Output output) {
    return Settings.with(this, "output", output);
  }

  /** The same with another way to measure samples. */
  public Recipe evaluate(@Nullable Evaluate evaluate) {
    return Settings.with(this, "evaluate", evaluate);
  }
}
