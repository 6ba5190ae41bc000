package dev.sparring.recipe;

import dev.sparring.augment.Augmentation;
import dev.sparring.data.Data;
import dev.sparring.data.DataSet;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import dev.sparring.loss.Term;
import dev.sparring.setting.Defaults;
import dev.sparring.setting.Require;
import dev.sparring.setting.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An experiment: all settings that determine a run, and nothing else. Equal recipes are equal
 * objects, whether they come from Java, Kotlin or text.
 *
 * @param name name of the run; letters, digits, {@code . _ -}
 * @param conventions the framework whose defaults apply to open settings
 * @param data the training data
 * @param blocks named layers that the networks insert by a layer of type block
 * @param generator the network that generates samples
 * @param discriminator the network that scores samples
 * @param loss the loss that both networks minimize
 * @param terms terms that are added to their losses
 * @param augment augmentations of the discriminator's input, in this order
 * @param optimizer the optimizers of both networks
 * @param train how long, in which order and from which seed
 * @param ema the average of the generator's weights that generates samples, or null for the weights
 *     themselves
 * @param divergence what the run does when a loss or a weight is no longer finite
 * @param output what is written and how often
 * @param evaluate how the run measures its samples, or null for no measurements
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
    Divergence divergence,
    Output output,
    @Nullable Evaluate evaluate) {
  /**
   * Checks the name, which becomes the name of a directory, and the size of the networks.
   *
   * @throws RecipeException if a network has more layers or levels of layers than {@link
   *     RecipeSize} allows
   */
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
    RecipeSize.check(blocks, generator, discriminator);
    RecipeSize.checkCount("terms", terms.size());
    RecipeSize.checkCount("augment", augment.size());
    RecipeSize.checkCount("train.schedules", train.schedules().size());
  }

  /**
   * The defaults: named gan, this library's own conventions, non-saturating loss, Adam, those of
   * {@link Train}, {@link Divergence} and {@link Output}; nothing added, augmented, averaged or
   * measured.
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
        Divergence.divergence(),
        Output.output(),
        null);
  }

  /**
   * The same with every setting written out that its convention decides. It trains exactly as this
   * recipe does, and resolving it again changes nothing.
   */
  public Recipe resolved() {
    return new ConventionResolver(conventions).recipe(this);
  }

  /**
   * The same with its scheduled numbers as they are in a step, {@link Train#schedules}.
   *
   * @param step from 1
   * @throws RecipeException if there is no such number, or its record refuses the value
   */
  public Recipe at(long step) {
    return Scheduling.at(this, step);
  }

  /** The scheduled numbers in a step, by their places. */
  public Map<String, Double> scheduled(long step) {
    return Scheduling.numbers(this, step);
  }

  /**
   * Opens the training data with the seed that decides it.
   *
   * @param log hears one line about anything that takes long
   * @throws dev.sparring.data.DataException if the data is missing or broken
   */
  public DataSet openData(Consumer<String> log) {
    return data.open(train.runSeeds().rest(), log);
  }

  /** The same under other conventions, which change only the settings that are open. */
  public Recipe conventions(Conventions conventions) {
    return Settings.with(this, "conventions", conventions);
  }

  /** The same with another training. */
  public Recipe train(Train train) {
    return Settings.with(this, "train", train);
  }

  /** The same with another reaction to a divergence. */
  public Recipe divergence(Divergence divergence) {
    return Settings.with(this, "divergence", divergence);
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
