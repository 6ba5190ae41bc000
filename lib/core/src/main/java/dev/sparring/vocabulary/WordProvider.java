package dev.sparring.vocabulary;

import java.util.List;

/**
 * Adds users' words to the text of recipes. A jar names its provider in {@code
 * META-INF/services/dev.sparring.vocabulary.WordProvider}; the provider has a public constructor
 * without parameters. If the jar is on the class path, or given to {@code --with} on the command
 * line, its words can be read and written like those of the library:
 *
 * <pre>{@code
 * public final class MyWords implements WordProvider {
 *   public List<Class<? extends Record>> words() {
 *     return List.of(Sinc.class, Centered.class);
 *   }
 * }
 * }</pre>
 *
 * <p>A program that trains without writing recipes as text needs no provider: every place that
 * takes a word takes any object of its interface.
 */
@FunctionalInterface
public interface WordProvider {
  /**
   * The words: public records with a {@link dev.sparring.setting.Word}, each implementing one of
   * the {@link Vocabulary#KINDS}. Names of words have a dot, such as {@code acme.sinc}.
   *
   * <p>Components are ints, longs, doubles, booleans, strings, enums, records, lists of these, or
   * other words. In text an enum's {@code TWO_WORDS} is {@code twoWords}. A {@code @Defaults}
   * factory needs the names of its parameters: compile with {@code -parameters}. A constructor
   * refuses a value by an {@link IllegalArgumentException} that begins with the component's name.
   */
  List<Class<? extends Record>> words();
}
