package dev.sparring.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code sparring sweep} in a JVM of its own. */
final class SweepProcess implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  /** What came of it. */
  record Result(int code, String out, String err) {}

  /**
   * Starts one.
   *
   * @param folder where it starts and its output goes
   * @param options of the JVM, and of those that it starts
   * @param classPath of the JVM
   * @param main its class
   */
  SweepProcess(
      Path folder,
      Map<String, String> environment,
      List<String> options,
      String classPath,
      String main,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(StandaloneCluster.java());
    command.addAll(StandaloneCluster.OPENS);
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            StandaloneCluster.BRIEF,
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    out = Files.createTempFile(folder, "sweep", ".out");
    err = Files.createTempFile(folder, "sweep", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    process = builder.start();
  }

  /** As Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  Result await() throws IOException, InterruptedException {
    if (!process.waitFor(240, TimeUnit.SECONDS)) {
      throw new IOException("the sweep does not end: " + err());
    }
    return new Result(process.exitValue(), Files.readString(out), err());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
