package dev.sparring.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.dsl.RecipeText;
import dev.sparring.network.NetworkPlan;
import dev.sparring.recipe.Recipe;
import dev.sparring.script.GanScriptHost;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {
  private static final Path RECIPES = Path.of("recipes");

  @ParameterizedTest
  @ValueSource(strings = {"digits", "fashion-mnist", "ring"})
  void scriptAndYamlAreTheSameRecipe(String name) {
    Recipe script = new GanScriptHost().read(Path.of(name + ".gan.kts"));
    assertEquals(script, RecipeText.read(RECIPES.resolve(name + ".yaml")));
  }

  @Test
  void theJavaProgramEmbedsTheScriptsRecipe() {
    Recipe script = new GanScriptHost().read(Path.of("digits.gan.kts"));
    assertEquals(script, EmbedDigits.recipe(script.train().steps()));
  }

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(RECIPES)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void generatorsMakeWhatDiscriminatorsJudge(Path file) {
    Recipe recipe = RecipeText.read(file);
    NetworkPlan generator =
        NetworkPlan.of("generator", recipe.generator(), Shape.of(recipe.generator().latent()));
    assertEquals(recipe.data().sampleShape(), generator.output());
    assertEquals(
        Shape.of(1),
        NetworkPlan.of("discriminator", recipe.discriminator(), generator.output()).output());
  }
}
