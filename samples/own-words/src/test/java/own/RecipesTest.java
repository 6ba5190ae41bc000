package own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.dsl.RecipeText;
import dev.sparring.recipe.Recipe;
import dev.sparring.script.GanScriptHost;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three ways to use the words come to the same recipe. */
class RecipesTest {
  private static final Path CLASSES = Path.of("target", "classes");

  @TempDir private Path folder;

  @Test
  void yamlAndProgramAreTheSameRecipe() {
    assertEquals(TrainTrack.recipe("track.csv"), RecipeText.read(Path.of("recipe.yaml")));
  }

  @Test
  void scriptAndProgramAreTheSameRecipe() throws IOException {
    GanScriptHost host =
        new GanScriptHost(List.of(jar()), getClass().getClassLoader(), folder.resolve("cache"));
    Recipe script = host.read(Path.of("recipe.gan.kts"));
    assertEquals(TrainTrack.recipe("track.csv"), script);
  }

  @Test
  void theProgramTrains() {
    TrainTrack.main(new String[0]);
  }

  @Test
  void theReadmeShowsTheRecipeAsItIs() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String recipe = Files.readString(Path.of("recipe.yaml"));
    assertTrue(readme.contains("```yaml\n" + recipe + "```"), "recipe.yaml in README.md");
  }

  /** What {@code mvnw package} makes, before it is made. */
  private Path jar() throws IOException {
    Path jar = folder.resolve("own-words.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> classes = Files.walk(CLASSES)) {
      for (Path path : classes.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new ZipEntry(CLASSES.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, entries);
      }
    }
    return jar;
  }
}
