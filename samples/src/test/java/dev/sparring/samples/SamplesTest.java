package dev.sparring.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.dsl.RecipeText;
import dev.sparring.image.ImageGrid;
import dev.sparring.network.Sampler;
import dev.sparring.plan.GamePlan;
import dev.sparring.recipe.Recipe;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunRecorder;
import dev.sparring.run.Runs;
import dev.sparring.script.GanScriptHost;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.torch.TorchEngine;
import dev.sparring.train.Training;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void kotlinDlDrawsWhatOurSamplerDoes(@TempDir Path folder) throws IOException {
    Recipe recipe = EmbedDigits.recipe(3);
    RunDirectory run = new RunDirectory(folder.resolve("run"));
    Path picture = folder.resolve("served.png");
    BufferedImage ours;
    try (Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32)) {
      Training.of(recipe, engine)
          .listen(RunRecorder.fresh(run, RecipeText.toYaml(recipe.resolved(), true)))
          .run();
      Sampler sampler = Runs.sampler(run, recipe, engine);
      ours = ImageGrid.of(sampler.sample(64, 7), sampler.sampleShape().batch(64));
    }
    ServeWithKotlinDl.main(new String[] {run.path().toString(), picture.toString()});
    BufferedImage theirs = ImageIO.read(picture.toFile());
    assertEquals(ours.getWidth(), theirs.getWidth());
    assertEquals(ours.getHeight(), theirs.getHeight());
    for (int x = 0; x < ours.getWidth(); x++) {
      for (int y = 0; y < ours.getHeight(); y++) {
        // Rounding differs between libraries, and may make the next of 256 levels of grey.
        assertEquals(ours.getRGB(x, y) & 0xFF, theirs.getRGB(x, y) & 0xFF, 1, x + ", " + y);
      }
    }
  }

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.walk(RECIPES)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void generatorsMakeWhatDiscriminatorsJudge(Path file) {
    Recipe recipe = RecipeText.read(file);
    GamePlan plan = GamePlan.of(recipe);
    assertEquals(recipe.data().sampleShape(), plan.generator().output());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void recipesAreCalledAsTheirFilesAre(Path file) {
    String stem = RECIPES.relativize(file).toString().replace(".yaml", "").replace('/', '-');
    assertEquals(stem, RecipeText.read(file).name());
  }

  @Test
  void theTableNamesEveryRecipe() throws IOException {
    String table = Files.readString(RECIPES.resolve("README.md"));
    List<String> missing =
        recipes().stream()
            .map(f -> RECIPES.relativize(f).toString())
            .filter(f -> !table.contains("](" + f + ")"))
            .toList();
    assertEquals(List.of(), missing);
  }
}
