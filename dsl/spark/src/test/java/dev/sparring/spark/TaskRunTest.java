package dev.sparring.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sparring.cli.cluster.ClusterException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to executors and what is done with it there. */
class TaskRunTest {
  @TempDir Path folder;

  private static TaskRun run(String threads) {
    List<String> options = Arrays.asList("-Xmx1g", "-Da=b"); // no list of java.util's own kinds
    return new TaskRun(
        "/shared", "out/seed-1.log", options, threads, "/lib/*", List.of("Main", "train"));
  }

  @Test
  void theCommandHasTheThreadsOfTheTask() {
    assertEquals(
        List.of("java", "-Xmx1g", "-Da=b", "-Dthreads=3", "-cp", "/lib/*", "Main", "train"),
        run("-Dthreads=").command("java", 3));
    assertEquals(
        List.of("java", "-Xmx1g", "-Da=b", "-cp", "/lib/*", "Main", "train"),
        run(null).command("java", 3));
  }

  @Test
  void aClassPathThatIsNotThereIsNamed() throws Exception {
    Path jar = Files.createFile(folder.resolve("cli.jar"));
    assertNull(missing(jar + File.pathSeparator + "/no/such.jar"));
    assertNull(missing(folder + "/*"));
    assertNull(missing("cli.jar"));
    assertEquals("/no/such/*", missing("/no/such/*"));
  }

  private String missing(String classPath) {
    return new TaskRun(folder.toString(), "log", List.of(), null, classPath, List.of()).missing();
  }

  @Test
  void itTravels() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(run(null));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(run(null), in.readObject());
    }
  }

  @Test
  void theLastLineOfALogIsTheLastThatHasText() throws Exception {
    Path log = folder.resolve("log");
    assertEquals("", LastLine.of(log));
    Files.writeString(log, "a\n  \n");
    assertEquals("a", LastLine.of(log));
    Files.writeString(log, "first\n" + "x".repeat(20_000) + "\nö last\n\n");
    assertEquals("ö last", LastLine.of(log));
  }

  @Test
  void theMasterOfSparkSubmitIsTheSweeps() {
    assertEquals(
        List.of("sweep", "a.yaml", "--spark", "spark://a:1"),
        SweepMain.command(new String[] {"a.yaml"}, "spark://a:1"));
  }

  @Test
  void aJvmThatIsClosedToSparkIsRefusedInALine() {
    // Tests are started without Spark's options.
    assertEquals(
        "Spark needs packages of Java that are closed here; start by ./sparring with"
            + " SPARRING_CLASSPATH, or by spark-submit, which open them",
        Assertions.assertThrows(ClusterException.class, Requirements::check).getMessage());
  }
}
