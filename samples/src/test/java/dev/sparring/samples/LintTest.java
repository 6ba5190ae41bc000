package dev.sparring.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.dsl.RecipeText;
import dev.sparring.lint.Lints;
import dev.sparring.lint.Warning;
import dev.sparring.recipe.Recipe;
import dev.sparring.script.GanScriptHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
          .sorted()
          .toList();
    }
  }

  private static boolean isRecipe(Path file) {
    String name = file.toString();
    boolean isText = name.endsWith(".yaml") && name.contains("recipe");
    return isText || name.endsWith(".gan.kts");
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

  /** Batches of one through a bottleneck of one pixel, copied with everything else. */
  private static final Set<Path> WITH_A_DEAD_BOTTLENECK =
      Set.of(
          Path.of("recipes", "pix2pix", "affinelayer.yaml"),
          Path.of("recipes", "pix2pix", "yenchenlin.yaml"));

  /** R3GAN's generator has no tanh, which its recipes say. */
  private static final Set<Path> WITHOUT_TANH =
      Set.of(
          Path.of("recipes", "r3gan-small.yaml"),
          Path.of("recipes", "r3gan-digits.yaml"),
          Path.of("recipes", "r3gan-cifar10.yaml"));

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
    if (WITH_A_DEAD_BOTTLENECK.contains(file.normalize())) {
      assertEquals(1, places.size(), places.toString());
      assertTrue(places.get(0).contains("(512, 1, 1) in a batch of 1"), places.get(0));
    } else if (WITHOUT_TANH.contains(file.normalize())) {
      assertEquals(1, places.size(), places.toString());
      assertTrue(places.get(0).contains("the generator ends in conv"), places.get(0));
    } else {
      assertEquals(List.of(), places);
    }
  }
}
