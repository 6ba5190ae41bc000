package dev.sparring.spark;

import dev.sparring.cli.cluster.SweepCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Prepared classes for trainings, as the launcher has them: two dozen of them start in {@link
 * SparkSweepTest}, and most of what they do is to start.
 *
 * @param classPath of the command line alone
 * @param options of JVMs that have this class path; others run with them, too
 */
record PreparedClasses(String classPath, List<String> options) {
  /** Makes them, if the command line is a jar: as in a build, but not in an editor. */
  static PreparedClasses in(Path folder) throws Exception {
    Path jar =
        Path.of(SweepCluster.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isRegularFile(jar)) {
      return new PreparedClasses(System.getProperty("java.class.path"), List.of());
    }
    Path archive = folder.resolve("classes.jsa");
    int code =
        new ProcessBuilder(
                StandaloneCluster.java(),
                "-XX:+UseSerialGC",
                StandaloneCluster.BRIEF,
                "-XX:ArchiveClassesAtExit=" + archive,
                "-Xlog:disable",
                "-cp",
                jar.toString(),
                "dev.sparring.cli.start.FirstStartKt",
                "recipes")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("classes.log").toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(Files.readString(folder.resolve("classes.log")));
    }
    return new PreparedClasses(
        jar.toString(),
        List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error:stderr"));
  }
}
