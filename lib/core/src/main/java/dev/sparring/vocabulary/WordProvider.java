package dev.sparring.vocabulary;

import java.util.List;

/**
 * Brings words of one's own to the text of recipes. A jar names its provider in {@code
 * META-INF/services/dev.sparring.vocabulary.WordProvider}; the provider has a public constructor
 * without parameters. On the class path, or behind {@code --with} of the command line, its words
 * then read and write like those of the library:
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
   * The words: public records with a {@link dev.sparring.setting.Word}, each of one of the {@link
   * Vocabulary#KINDS}. Names of words have a dot, such as {@code acme.sinc}.
   */
  List<Class<? extends Record>> words();
}
