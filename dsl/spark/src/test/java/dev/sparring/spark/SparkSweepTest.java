package dev.sparring.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep on a standalone cluster of Spark that loses nearly everything once, compared with the
 * same sweep on this machine alone.
 */
@EnabledOnOs(OS.LINUX) // looks into /proc
class SparkSweepTest {
  private static final String RECIPE =
      """
      name: tiny
      data: ring
      generator: { latent: 2, layers: [{ type: dense, units: 2 }] }
      discriminator: { layers: [{ type: dense, units: 1 }] }
      loss: leastSquares
      train: { steps: 2500, batch: 4 }
      output: { checkpointsEvery: 100, keepCheckpoints: 100, samplesEvery: 100000, diagnosticsEvery: 100000 }
      """;

  /** The first four runs are long: it is they that are stopped, lost and killed. */
  private static final String SWEEP =
      """
      recipe: tiny.yaml
      axes:
        train.steps: [2500, 200]
        discriminator.norm: [none, sn]
        loss: [leastSquares, hinge]
      seeds: 1
      measure: loss_d
      """;

  private static final int RUNS = 8;

  @TempDir Path folder;

  private PreparedClasses prepared = new PreparedClasses("", List.of());

  @Test
  void aSweepThatLosesItsMachinesHasTheTableOfOneThatDoesNot() throws Exception {
    Files.writeString(folder.resolve("tiny.yaml"), RECIPE);
    Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
    prepared = PreparedClasses.in(folder);
    Path card = script("card", "echo '{\"name\": \"gpu\", \"addresses\": [\"3\"]}'");
    try (StandaloneCluster cluster = new StandaloneCluster(folder);
        SweepProcess local =
            start(cluster, prepared.classPath(), "--out", "local", "--threads", "1")) {
      StandaloneCluster.Worker first = cluster.worker();
      StandaloneCluster.Worker second = cluster.worker();
      String[] spark = {
        "--out",
        "out",
        "--threads",
        "1",
        "--spark",
        cluster.url(),
        "--spark-conf",
        "spark.executor.extraJavaOptions=" + StandaloneCluster.BRIEF
      };

      // Ctrl-C waits until those that run have written their checkpoints.
      Path stopped;
      try (SweepProcess sweep = sweep(cluster, spark)) {
        stopped = awaitStep(sweep, first);
        sweep.interrupt();
        SweepProcess.Result result = sweep.await();
        assertEquals(130, result.code(), result.err());
        assertTrue(
            result
                .err()
                .endsWith(
                    "stopped; go on with: sparring sweep sweep.yaml "
                        + String.join(" ", spark)
                        + "\n"),
            result.err());
        assertTrue(
            Files.readString(stopped.resolve("run.json")).contains("\"status\" : \"stopped\""));
        assertFalse(Files.exists(folder.resolve("out/table.csv")));
      }

      Path lost;
      Path gone;
      Path killed;
      StandaloneCluster.Worker last;
      try (SweepProcess sweep = sweep(cluster, spark)) {
        lost = awaitStep(sweep, first);
        first.kill();
        StandaloneCluster.Worker third = cluster.worker();
        gone = awaitStep(sweep, second);
        second.killMachine();
        last =
            cluster.worker(
                "--properties-file",
                Files.writeString(
                        folder.resolve("card.conf"),
                        "spark.worker.resource.gpu.amount 1\n"
                            + "spark.worker.resource.gpu.discoveryScript "
                            + card)
                    .toString());
        killed = awaitStep(sweep, third);
        third.trainings().forEach(ProcessHandle::destroyForcibly);
        SweepProcess.Result result = sweep.await();
        assertEquals(2, result.code(), result.err());
        String line = "killed by signal 9 (SIGKILL)";
        // As it happens, and at the end.
        assertEquals(3, result.err().split(Pattern.quote(line), -1).length, result.err());
      }
      assertTrue(log(stopped).contains("resuming after step "), log(stopped));
      assertTrue(log(lost).contains("resuming after step "), log(lost));
      assertTrue(log(gone).contains("resuming after step "), log(gone));
      assertEquals(1, statuses("out").stream().filter("killed"::equals).count());

      // What was killed is trained on, now by spark-submit and with a card, which is no real one.
      String[] submit = {
        "--master",
        cluster.url(),
        "--class",
        "dev.sparring.spark.SweepMain",
        "--conf",
        "spark.task.resource.gpu.amount=1",
        "--conf",
        "spark.executor.resource.gpu.amount=1",
        jar().toString(),
        "sweep.yaml",
        "--out",
        "out",
        "--threads",
        "1"
      };
      String classPath = withoutModule() + File.pathSeparator + cluster.jars();
      try (SweepProcess sweep =
          new SweepProcess(
              folder,
              cluster.environment(),
              prepared.options(),
              classPath,
              "org.apache.spark.deploy.SparkSubmit",
              List.of(submit))) {
        assertEquals(killed, awaitStep(sweep, last));
        ProcessHandle training = last.trainings().get(0);
        assertEquals(Optional.of("3"), variable(training, "CUDA_VISIBLE_DEVICES"));
        // Else run.json would have it as a circumstance of the run.
        assertEquals(Optional.empty(), variable(training, "OMP_NUM_THREADS"));
        SweepProcess.Result result = sweep.await();
        assertEquals(0, result.code(), result.err());
        assertTrue(result.err().contains("7 of 8 runs are finished\n"), result.err());
      }
      assertTrue(log(killed).contains("resuming after step "), log(killed));

      // Nothing is left to do, and Spark is not asked.
      try (SweepProcess sweep = sweep(cluster, spark)) {
        SweepProcess.Result result = sweep.await();
        assertEquals("8 of 8 runs are finished\n", result.err());
        assertEquals(0, result.code());
        SweepProcess.Result alone = local.await();
        assertEquals(0, alone.code(), alone.err());
        assertEquals(alone.out(), result.out());
      }
      compare();
    }
  }

  /** The tables and the weights are those of the sweep on this machine. */
  private void compare() throws IOException {
    for (String table : List.of("table.csv", "runs.csv")) {
      assertEquals(
          Files.readString(folder.resolve("local").resolve(table)),
          Files.readString(folder.resolve("out").resolve(table)));
    }
    try (Stream<Path> cells = Files.list(folder.resolve("local"))) {
      List<Path> runs =
          cells
              .filter(Files::isDirectory)
              .map(cell -> cell.resolve("seed-1/checkpoints/" + last(cell)))
              .toList();
      assertEquals(RUNS, runs.size());
      for (Path run : runs) {
        Path other = folder.resolve("out").resolve(folder.resolve("local").relativize(run));
        for (String network : List.of("generator", "discriminator")) {
          String file = network + ".safetensors";
          assertArrayEquals(
              Files.readAllBytes(run.resolve(file)),
              Files.readAllBytes(other.resolve(file)),
              other + " " + file);
        }
      }
    }
  }

  /** The checkpoint after the last step of a cell's runs. */
  private static String last(Path cell) {
    return cell.getFileName().toString().contains("steps=2500") ? "002500" : "000200";
  }

  private List<String> statuses(String sweep) throws IOException {
    return Files.readAllLines(folder.resolve(sweep).resolve("runs.csv")).stream()
        .map(line -> line.split(",")[5])
        .toList();
  }

  private static String log(Path run) throws IOException {
    return Files.readString(run.resolveSibling(run.getFileName() + ".log"));
  }

  /** Waits until a worker trains a run and has written a checkpoint of it; returns the run. */
  private Path awaitStep(SweepProcess sweep, StandaloneCluster.Worker worker) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (System.nanoTime() < end && sweep.isAlive()) {
      for (ProcessHandle training : worker.trainings()) {
        List<String> words = StandaloneCluster.words(training, "cmdline");
        int at = words.indexOf("--out");
        Instant start = training.info().startInstant().orElse(Instant.MAX);
        if (at >= 0 && isKept(folder.resolve(words.get(at + 1)), start)) {
          return folder.resolve(words.get(at + 1));
        }
      }
      Thread.sleep(20);
    }
    throw new IOException("no training has a checkpoint: " + sweep.err());
  }

  /** Whether a run has a checkpoint of a later step than 0 that was written since then. */
  private static boolean isKept(Path run, Instant since) {
    File[] kept = run.resolve("checkpoints").toFile().listFiles();
    return kept != null
        && Arrays.stream(kept)
            .filter(each -> each.getName().matches("\\d*[1-9]\\d*"))
            .anyMatch(each -> each.lastModified() > since.toEpochMilli());
  }

  private SweepProcess sweep(StandaloneCluster cluster, String... arguments) throws IOException {
    return start(cluster, System.getProperty("java.class.path"), arguments);
  }

  private SweepProcess start(StandaloneCluster cluster, String classPath, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("sweep", "sweep.yaml"));
    all.addAll(List.of(arguments));
    return new SweepProcess(
        folder,
        cluster.environment(),
        prepared.options(),
        classPath,
        "dev.sparring.cli.MainKt",
        all);
  }

  private Path script(String name, String text) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  /** Of a process's environment. */
  private static Optional<String> variable(ProcessHandle process, String name) {
    return StandaloneCluster.words(process, "environ").stream()
        .filter(entry -> entry.startsWith(name + "="))
        .map(entry -> entry.substring(name.length() + 1))
        .findFirst();
  }

  private static Path classes() throws Exception {
    return Path.of(SparkCluster.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String withoutModule() throws Exception {
    String own = classes().toString();
    return String.join(
        File.pathSeparator,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).toAbsolutePath().toString().equals(own))
            .toList());
  }

  /** The module as it is submitted. */
  private Path jar() throws Exception {
    Path classes = classes();
    if (Files.isRegularFile(classes)) {
      return classes;
    }
    Path jar = folder.resolve("sparring-spark.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, entries);
      }
    }
    return jar;
  }
}
