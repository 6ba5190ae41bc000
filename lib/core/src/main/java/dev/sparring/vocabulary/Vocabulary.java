package dev.sparring.vocabulary;

import dev.sparring.augment.Augmentation;
import dev.sparring.data.Data;
import dev.sparring.init.Initializer;
import dev.sparring.layer.Layer;
import dev.sparring.loss.Loss;
import dev.sparring.loss.Term;
import dev.sparring.norm.WeightNorm;
import dev.sparring.optim.Optimizer;
import dev.sparring.optim.Schedule;
import dev.sparring.recipe.FeatureSource;
import dev.sparring.setting.Services;
import dev.sparring.setting.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words that the text of recipes may use: records, each found by its {@link Word}. It is a
 * value that is passed to all code that reads, writes, describes or compares text.
 *
 * <p>Words of the library have no dot in their names and users' words have one, so that a later
 * version of the library never takes a user's name.
 */
public final class Vocabulary {
  /** The interfaces that a word may implement. */
  public static final List<Class<?>> KINDS =
      List.of(
          Initializer.class,
          WeightNorm.class,
          Layer.class,
          Loss.class,
          Term.class,
          Augmentation.class,
          Optimizer.class,
          Schedule.class,
          Data.class,
          FeatureSource.class);

  private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*(\\.[A-Za-z]\\w*)+");
  private static final Vocabulary BUILT_IN = new Vocabulary(new BuiltInWords().words());

  private final List<Class<? extends Record>> words;

  private Vocabulary(List<Class<? extends Record>> words) {
    this.words = List.copyOf(words);
  }

  /** The words of the library. */
  public static Vocabulary builtIn() {
    return BUILT_IN;
  }

  /**
   * The words of the library and of every {@link WordProvider} that a class loader finds.
   *
   * @throws IllegalArgumentException if a provider cannot be loaded or a word is invalid; the
   *     message names it
   */
  public static Vocabulary load(ClassLoader loader) {
    Vocabulary all = BUILT_IN;
    for (WordProvider provider : Services.load(WordProvider.class, loader, "words")) {
      all = all.with(words(provider));
    }
    return all;
  }

  private static List<Class<? extends Record>> words(WordProvider provider) {
    try {
      return List.copyOf(provider.words());
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalArgumentException(
          provider.getClass().getName() + ": words() failed: " + e, e);
    }
  }

  /** The words of the library and of the providers on the class path of this thread. */
  public static Vocabulary onClassPath() {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    return load(own != null ? own : Vocabulary.class.getClassLoader());
  }

  /**
   * These words and more.
   *
   * @param more records of users
   * @throws IllegalArgumentException if one of them implements none of the {@link #KINDS}, has no
   *     {@link Word} with a dot in its name, or has the name of another word
   */
  public Vocabulary with(List<Class<? extends Record>> more) {
    List<Class<? extends Record>> all = new ArrayList<>(words);
    for (Class<? extends Record> word : more) {
      if (all.contains(word)) {
        continue;
      }
      check(word);
      for (Class<? extends Record> other : all) {
        if (name(other).equals(name(word))) {
          throw new IllegalArgumentException(
              "the word "
                  + name(word)
                  + " is two records: "
                  + other.getName()
                  + ", "
                  + word.getName());
        }
      }
      all.add(word);
    }
    return new Vocabulary(all);
  }

  private static void check(Class<? extends Record> word) {
    if (!word.isAnnotationPresent(Word.class)) {
      throw new IllegalArgumentException(
          word.getName() + " is no word: a @Word names it, for instance @Word(\"acme.sinc\")");
    }
    if (!NAME.matcher(name(word)).matches()) {
      throw new IllegalArgumentException(
          word.getName()
              + ": the word '"
              + name(word)
              + "' needs a dot, for instance acme."
              + name(word)
              + "; names without one are the library's");
    }
    if (KINDS.stream().noneMatch(kind -> kind.isAssignableFrom(word))) {
      throw new IllegalArgumentException(
          word.getName()
              + " is no word: it implements none of "
              + String.join(", ", KINDS.stream().map(Class::getSimpleName).toList()));
    }
  }

  /** All words, those of the library first. */
  public List<Class<? extends Record>> words() {
    return words;
  }

  /** The words that implement an interface, in order. */
  public List<Class<? extends Record>> words(Class<?> kind) {
    return words.stream().filter(kind::isAssignableFrom).toList();
  }

  /** Whether the text of a recipe can have objects of that class. */
  public boolean contains(Class<?> type) {
    return words.contains(type);
  }

  /** The words that are not the library's. */
  public List<Class<? extends Record>> usersWords() {
    return words.stream().filter(word -> !BUILT_IN.contains(word)).toList();
  }

  /** The word of a record that has one. */
  private static String name(Class<? extends Record> word) {
    return word.getAnnotation(Word.class).value();
  }
}
