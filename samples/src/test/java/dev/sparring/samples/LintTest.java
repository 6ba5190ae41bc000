package dev.sparring.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.dsl.RecipeText;
import dev.sparring.lint.Lints;
import dev.sparring.lint.Warning;
import dev.sparring.recipe.Recipe;
import dev.sparring.script.GanScriptHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples raise no warning, except for a mistake that well-known programs make. */
class LintTest {
  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("."))) {
      return files
          .filter(f -> !f.startsWith(Path.of(".", "target")))
          // A module of its own, whose words are tested there and not known here.
          .filter(f -> !f.startsWith(Path.of(".", "own-words")))
          .filter(LintTest::isRecipe)
          .filter(f -> !isProgram(f))
          .sorted()
          .toList();
    }
  }

  private static boolean isRecipe(Path file) {
    String name = file.toString();
    boolean isText = name.endsWith(".yaml") && name.contains("recipe");
    return isText || name.endsWith(".gan.kts");
  }

  /** A script that says to be run would run here, and train. */
  private static boolean isProgram(Path file) {
    try {
      return Files.readString(file).contains("//   sparring run ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreRecipes() throws IOException {
    assertTrue(shipped().size() >= 20, shipped().toString());
  }

  @Test
  void subFoldersAreSearched() throws IOException {
    Path pix2pix = Path.of("recipes", "pix2pix");
    assertEquals(3, shipped().stream().filter(f -> f.normalize().startsWith(pix2pix)).count());
  }

  /**
   * Mistakes that well-known programs make, copied with everything else: batches of one through a
   * bottleneck of one pixel. R3GAN's digits learn at the rate that their recipe says.
   */
  private static final Map<Path, List<String>> KNOWN =
      Map.of(
          Path.of("recipes", "pix2pix", "affinelayer.yaml"),
          List.of("(512, 1, 1) in a batch of 1"),
          Path.of("recipes", "pix2pix", "yenchenlin.yaml"),
          List.of("(512, 1, 1) in a batch of 1"),
          Path.of("recipes", "r3gan-digits.yaml"),
          List.of("0.002 is a high rate", "0.002 is a high rate"));

  @ParameterizedTest
  @MethodSource("shipped")
  void noShippedRecipeRaisesAWarning(Path file) {
    List<Recipe> recipes =
        file.toString().endsWith(".kts")
            ? new GanScriptHost().readAll(file)
            : List.of(RecipeText.read(file));
    List<String> places =
        recipes.stream()
            .flatMap(recipe -> Lints.check(recipe).stream())
            .filter(w -> w.level() == Warning.Level.WARNING)
            .map(Warning::toString)
            .toList();
    List<String> known = KNOWN.getOrDefault(file.normalize(), List.of());
    assertEquals(known.size(), places.size(), places.toString());
    for (int i = 0; i < known.size(); i++) {
      assertTrue(places.get(i).contains(known.get(i)), places.get(i));
    }
  }
}
