package dev.sparring.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A standalone cluster of Spark on loopback, made of the jars that the tests have. */
final class StandaloneCluster implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  /** An option of JVMs that do not run for long. */
  static final String BRIEF = "-XX:TieredStopAtLevel=1";

  /** What Spark needs of Java. */
  static final List<String> OPENS =
      Stream.concat(
              Stream.of("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"),
              Stream.of("nio", "lang", "util", "lang.invoke")
                  .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED"))
          .toList();

  private final Path folder;
  private final Path home;
  private final int port;
  private final List<Worker> workers = new ArrayList<>();
  private final Process master;

  /** A worker, and the executors and trainings below it. */
  record Worker(Process process) {
    /** Ends it as a crash of Spark's own process would: executors notice, and end. */
    void kill() {
      process.destroyForcibly();
    }

    /** Ends it with all that it has started, at once, as if the machine were switched off. */
    void killMachine() {
      List<ProcessHandle> all = process.descendants().toList();
      process.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
    }

    /** The trainings. */
    List<ProcessHandle> trainings() {
      return process.descendants().filter(p -> words(p, "cmdline").contains("train")).toList();
    }
  }

  /** Of a process: its command, or its environment. Java shortens long ones. */
  static List<String> words(ProcessHandle process, String kind) {
    try {
      Path file = Path.of("/proc", String.valueOf(process.pid()), kind);
      return List.of(Files.readString(file).split("\0"));
    } catch (IOException e) {
      return List.of(); // It is gone.
    }
  }

  StandaloneCluster(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    home = Files.createDirectories(folder.resolve("spark"));
    write(Files.createDirectories(home.resolve("jars")).resolve("spark.jar"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    master =
        start(
            "master",
            "org.apache.spark.deploy.master.Master",
            List.of("--host", HOST, "--port", String.valueOf(port), "--webui-port", "0"));
    awaitMaster();
  }

  /** A jar that names others' jars on the class path: Spark looks for its own in this folder. */
  private static void write(Path jar) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      // Spark logs by log4j; the command line brings what logs nothing.
      if (name.endsWith(".jar") && !name.startsWith("sparring-") && !name.startsWith("slf4j-nop")) {
        entries.add(Path.of(entry).toUri().toString());
      }
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", entries));
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
  }

  String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** What its processes have written. */
  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** Starts a worker with one core. */
  Worker worker(String... options) throws IOException {
    String name = "worker-" + (workers.size() + 1);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--host", HOST, "--webui-port", "0", "--cores", "1"));
    arguments.addAll(List.of("--memory", "1g", "--work-dir", folder.resolve(name).toString()));
    arguments.addAll(List.of(options));
    arguments.add(url());
    Worker worker = new Worker(start(name, "org.apache.spark.deploy.worker.Worker", arguments));
    workers.add(worker);
    return worker;
  }

  private Process start(String name, String main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(OPENS);
    command.addAll(List.of("-Xmx300m", "-XX:+UseSerialGC", BRIEF));
    command.addAll(List.of("-cp", jars(), main));
    command.addAll(arguments);
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(name).toFile());
    process.environment().putAll(environment());
    return process.start();
  }

  /** A class path with Spark. */
  String jars() {
    return home.resolve("jars") + "/*";
  }

  /** Without the second, Spark takes the folder for a tree of its sources. */
  Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", HOST);
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void awaitMaster() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end || !master.isAlive()) {
          throw new IOException("no master: " + Files.readString(log("master")), e);
        }
      }
      Thread.sleep(100);
    }
  }

  @Override
  public void close() {
    workers.forEach(Worker::killMachine);
    master.destroyForcibly();
    // Or the folder could not be deleted.
    workers.forEach(worker -> worker.process().onExit().join());
    master.onExit().join();
  }
}
