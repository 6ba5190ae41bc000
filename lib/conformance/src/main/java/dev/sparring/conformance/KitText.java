package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.InMemory;
import dev.sparring.recipe.Recipe;
import dev.sparring.setting.Word;
import dev.sparring.vocabulary.Vocabulary;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Words through YAML and JSON. The text formats are written in Kotlin and this module is not, so
 * they are looked for by name.
 */
final class KitText {
  private static final String FORMAT = "dev.sparring.dsl.RecipeFormat";

  private KitText() {}

  static Stream<DynamicTest> tests(Recipe recipe, Object word) {
    return Stream.of("Yaml", "Json").map(format -> test(format, recipe, word));
  }

  private static DynamicTest test(String format, Recipe recipe, Object word) {
    String name = "text: " + format.toUpperCase(Locale.ROOT);
    if (!(word instanceof Record record) || !word.getClass().isAnnotationPresent(Word.class)) {
      return Kit.skipped(name, word.getClass().getSimpleName() + " is no record with a @Word");
    }
    if (recipe.data() instanceof InMemory) {
      return Kit.skipped(name, "samples of that shape have no text; (2) and (C, H, W) have");
    }
    Class<?> formats;
    try {
      formats = Class.forName(FORMAT);
    } catch (ClassNotFoundException e) {
      return Kit.skipped(name, "sparring-dsl is not on the class path");
    }
    return DynamicTest.dynamicTest(name, () -> readsBack(formats, format, recipe, record));
  }

  private static void readsBack(Class<?> formats, String format, Recipe recipe, Record word)
      throws Exception {
    Vocabulary words = Vocabulary.onClassPath();
    if (!words.contains(word.getClass())) {
      words = words.with(List.of(word.getClass()));
    }
    try {
      Object texts = formats.getConstructor(Vocabulary.class).newInstance(words);
      for (boolean full : new boolean[] {false, true}) {
        Object text =
            formats
                .getMethod("to" + format, Recipe.class, boolean.class)
                .invoke(texts, recipe, full);
        Object back = formats.getMethod("from" + format, String.class).invoke(texts, text);
        assertEquals(recipe, back, "what is read back from " + text);
      }
    } catch (InvocationTargetException e) {
      throw new AssertionError(word + " has no text: " + e.getCause(), e.getCause());
    }
  }
}
