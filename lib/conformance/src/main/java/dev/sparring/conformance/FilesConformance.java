package dev.sparring.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparring.data.Ring;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Relu;
import dev.sparring.norm.Sn;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.Train;
import dev.sparring.run.Checkpoint;
import dev.sparring.run.RecordedRecipe;
import dev.sparring.run.RunDirectory;
import dev.sparring.run.RunRecorder;
import dev.sparring.run.Runs;
import dev.sparring.safetensors.Safetensors;
import dev.sparring.safetensors.SafetensorsException;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors in files: safetensors and checkpoints. */
public interface FilesConformance extends EngineUnderTest {
  /** Tensors are read back bit by bit, with their names, shapes and metadata. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void tensorsComeBack(Precision precision, @TempDir Path dir) {
    Starts.with(
        this,
        precision,
        engine -> {
          Map<String, Tensor> tensors = tensors(engine);
          Path file = write(dir.resolve("a.safetensors"), precision, tensors);
          Safetensors read = Safetensors.open(file);
          assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.names()));
          assertEquals(Map.of("format", "pt"), read.metadata());
          tensors.forEach(
              (name, t) -> {
                assertEquals(t.shape(), read.shape(name));
                assertArrayEquals(t.toDoubles(), read.doubles(name), name);
              });
          Map<String, Tensor> targets = new LinkedHashMap<>();
          tensors.forEach((name, t) -> targets.put(name, engine.full(9, t.shape())));
          read.restore(targets, engine, true);
          targets.forEach((name, t) -> assertArrayEquals(read.doubles(name), t.toDoubles(), name));
        });
  }

  /** Nothing is overwritten unless everything fits. */
  @Test
  default void whatDoesNotFitIsRefusedWhole(@TempDir Path dir) {
    Starts.withDoubles(
        this,
        engine -> {
          Path file = write(dir.resolve("a.safetensors"), Precision.FLOAT64, tensors(engine));
          Safetensors read = Safetensors.open(file);
          Tensor weight = engine.full(9, Shape.of(2, 3));
          Tensor other = engine.full(9, Shape.of(3));
          assertEquals(
              file
                  + ": does not fit the recipe's networks: it lacks other it has the unknown"
                  + " a name with \"quotes\" and ö, net.3.weight, scalar",
              assertThrows(
                      SafetensorsException.class,
                      () ->
                          read.restore(
                              Map.of("net.0.weight", weight, "other", other), engine, true))
                  .getMessage());
          Map<String, Tensor> wrong = new LinkedHashMap<>();
          read.names().forEach(name -> wrong.put(name, engine.full(9, read.shape(name))));
          wrong.put("scalar", other);
          assertEquals(
              file + ": 'scalar' is (), but the recipe needs (3)",
              assertThrows(SafetensorsException.class, () -> read.restore(wrong, engine, true))
                  .getMessage());
          for (Tensor t : wrong.values()) {
            assertEquals(9, t.toDoubles()[0]);
          }
        });
  }

  /** Python reads the same numbers with a reader of ten lines and NumPy. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BF16")
  default void pythonReadsThem(Precision precision, @TempDir Path dir)
      throws IOException, InterruptedException {
    assumeTrue(runs("import numpy"), "no Python with NumPy here");
    Path file = dir.resolve("a.safetensors");
    List<String> expected = new ArrayList<>();
    Starts.with(
        this,
        precision,
        engine -> {
          Map<String, Tensor> tensors = tensors(engine);
          write(file, precision, tensors);
          tensors.forEach(
              (name, t) -> {
                double sum = 0;
                double[] values = t.toDoubles();
                for (int i = 0; i < values.length; i++) {
                  sum += (i + 1) * values[i];
                }
                List<Integer> dims = t.shape().dims();
                expected.add(name + " " + dims + " " + Math.round(sum * 1e6));
              });
        });
    String script =
        """
        import json, numpy, struct, sys
        b = open(sys.argv[1], 'rb').read()
        n, = struct.unpack('<Q', b[:8])
        assert n % 8 == 0
        head = json.loads(b[8:8 + n].decode())
        assert head.pop('__metadata__') == {'format': 'pt'}
        for name, t in head.items():
            start, end = t['data_offsets']
            kind = {'F32': '<f4', 'F64': '<f8'}[t['dtype']]
            a = numpy.frombuffer(b[8 + n + start:8 + n + end], kind).reshape(t['shape'])
            flat = a.astype('f8').ravel()
            s = float((flat * numpy.arange(1, flat.size + 1)).sum())
            line = '%s %s %d' % (name, list(a.shape), int(numpy.floor(s * 1e6 + 0.5)))
            sys.stdout.buffer.write((line + '\\n').encode())
        """;
    assertEquals(expected, python(script, file.toString()).lines().toList());
  }

  private static boolean runs(String script) throws InterruptedException {
    try {
      python(script);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String python(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-c", script));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(output);
    }
    return output;
  }

  /** Names in no order, a scalar, and names that JSON has to escape. */
  private static Map<String, Tensor> tensors(Engine engine) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("net.3.weight", Values.random(1, 3, 2, 2, 2).on(engine));
    tensors.put("net.0.weight", Values.random(2, 2, 3).on(engine).permute(1, 0).permute(1, 0));
    tensors.put("scalar", Values.of(Shape.SCALAR, -0.1).on(engine));
    tensors.put("a name with \"quotes\" and ö", Values.random(3, 5).on(engine));
    return tensors;
  }

  private static Path write(Path file, Precision precision, Map<String, Tensor> tensors) {
    try {
      Safetensors.write(file, precision, tensors, Map.of("format", "pt"));
      return file;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A run has complete checkpoints only. Leftovers of a crash are not taken for checkpoints and do
   * not block the next one. A training restored from the newest has its numbers.
   */
  @Test
  default void checkpointsAreWhole(@TempDir Path dir) throws IOException {
    RunDirectory run = new RunDirectory(dir.resolve("run"));
    Path checkpoints = run.path().resolve("checkpoints");
    try (Engine engine = open(Precision.FLOAT32)) {
      // A crash in the middle of writing step 3, long ago.
      Path part = checkpoints.resolve(".000003.part");
      Files.createDirectories(part.resolve("deeper"));
      Files.writeString(part.resolve("generator.safetensors"), "half of a f");
      Files.writeString(part.resolve("deeper").resolve("x"), "x");
      assertEquals(List.of(), run.checkpointSteps());
      Training training = Training.of(recipe(), engine);
      training.listen(RunRecorder.resumed(run, RecordedRecipe.ofProgram())).run();
      assertTrue(Files.notExists(part), "the part was left over again");
      assertEquals(List.of(3L), run.checkpointSteps());
      try (var files = Files.list(run.checkpoint(3).path())) {
        assertEquals(
            List.of(
                "discriminator.safetensors",
                "generator.safetensors",
                "state.json",
                "training.safetensors"),
            files.map(p -> p.getFileName().toString()).sorted().toList());
      }

      Training restored = Training.of(recipe(), engine);
      Checkpoint latest = Runs.latest(run);
      latest.restore(restored);
      assertEquals(3, restored.progress().step());
      assertEquals(3, restored.progress().updates("generator"));
      assertEquals(Numbers.of(training), Numbers.of(restored));
      assertArrayEquals(
          training.sampler().sample(3, 5), Runs.sampler(run, recipe(), engine).sample(3, 5));
    }
  }

  private static Recipe recipe() {
    return Gan.named("test")
        .data(Ring.ring().points(64))
        .generator(
            g ->
                g.latent(3)
                    .norm(Sn.sn())
                    .layers(Dense.dense(8), BatchNorm.batchNorm(), Relu.relu(), Dense.dense(2)))
        .discriminator(d -> d.norm(Sn.sn()).layers(Dense.dense(7), Relu.relu(), Dense.dense(1)))
        .train(Train.train().steps(3).batch(5))
        .build();
  }
}
