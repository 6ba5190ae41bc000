package dev.sparring.recipe;

import dev.sparring.data.Data;
import dev.sparring.loss.Loss;
import dev.sparring.loss.NonSaturating;
import org.jspecify.annotations.Nullable;

/**
 * An experiment: everything that decides how a run goes, and nothing else. Equal recipes are equal
 * objects, whichever face built them.
 *
 * @param name what the run is called; letters, digits, {@code . _ -}
 * @param conventions whose defaults hold where the recipe is silent
 * @param data what it trains on
 * @param generator the network that makes samples
 * @param discriminator the network that judges them
 * @param loss what the two minimize
 * @param optimizer how they learn
 * @param train how long, in which order and from which seed
 * @param output what is written and how often
 * @param evaluate how the run measures its samples, or null for not at all
 */
public record Recipe(
    String name,
    Conventions conventions,
    Data data,
    Generator generator,
    Discriminator discriminator,
    Loss loss,
    Optimizers optimizer,
    Train train,
    Output output,
    @Nullable Evaluate evaluate) {
  /** Checks the name, which becomes the name of a directory. */
  public Recipe {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "name must be letters, digits, '.', '_' and '-' and begin with a letter or digit, got '"
              + name
              + "'");
    }
  }

  /**
   * The defaults: named gan, this library's own conventions, non-saturating loss, Adam, those of
   * {@link Train} and {@link Output}, and no measurements of samples.
   */
  @Defaults
  public static Recipe recipe(Data data, Generator generator, Discriminator discriminator) {
    return new Recipe(
        "gan",
        Conventions.SPARRING,
        data,
        generator,
        discriminator,
        NonSaturating.nonSaturating(),
        Optimizers.optimizers(),
        Train.train(),
        Output.output(),
        null);
  }

  /**
   * The same with every setting written out that its convention decides. It trains as the recipe
   * itself does, and is its own effective form.
   */
  public Recipe effective() {
    return new Effective(conventions).recipe(this);
  }

  /** The same under other conventions, which change what it leaves open and nothing else. */
  public Recipe conventions(Conventions conventions) {
    return new Recipe(
        name,
        conventions,
        data,
        generator,
        discriminator,
        loss,
        optimizer,
        train,
        output,
        evaluate);
  }

  /** The same with another training. */
  public Recipe train(Train train) {
    return new Recipe(
        name,
        conventions,
        data,
        generator,
        discriminator,
        loss,
        optimizer,
        train,
        output,
        evaluate);
  }

  /** The same with another output. */
  public Recipe output(Output output) {
    return new Recipe(
        name,
        conventions,
        data,
        generator,
        discriminator,
        loss,
        optimizer,
        train,
        output,
        evaluate);
  }

  /** The same with another way to measure samples. */
  public Recipe evaluate(@Nullable Evaluate evaluate) {
    return new Recipe(
        name,
        conventions,
        data,
        generator,
        discriminator,
        loss,
        optimizer,
        train,
        output,
        evaluate);
  }
}
