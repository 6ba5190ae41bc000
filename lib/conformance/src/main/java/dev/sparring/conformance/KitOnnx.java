package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.network.Network;
import dev.sparring.recipe.Latent;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.train.Training;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Generators as ONNX models. The export is looked for by name, since few tests need it. */
final class KitOnnx {
  private static final String EXPORT = "dev.sparring.onnx.OnnxExport";

  private KitOnnx() {}

  static Stream<DynamicTest> tests(Recipe recipe) {
    Class<?> export;
    try {
      export = Class.forName(EXPORT);
    } catch (ClassNotFoundException e) {
      return Stream.of(Kit.skipped("ONNX", "sparring-onnx is not on the class path"));
    }
    return Kit.onEngines("ONNX", engine -> exports(export, engine, recipe));
  }

  private static void exports(Class<?> export, Engine engine, Recipe recipe) throws Exception {
    Training training = Training.of(recipe, engine);
    Network generator = Objects.requireNonNull(training.networks().get("generator"));
    Path file = Files.createTempFile("sparring-kit", ".onnx");
    try {
      export
          .getMethod("write", Network.class, Latent.class, Map.class, Path.class)
          .invoke(null, generator, recipe.generator().noise(), Map.of(), file);
      assertTrue(Files.size(file) > 0, "the model is empty");
    } catch (InvocationTargetException e) {
      throw new AssertionError("cannot be exported: " + e.getCause(), e.getCause());
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
