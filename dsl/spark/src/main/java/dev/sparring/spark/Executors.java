package dev.sparring.spark;

import dev.sparring.cli.cluster.ClusterException;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.apache.spark.SparkConf;

/** Brings the classes of tasks to the executors. */
final class Executors {
  private static final String JARS = "spark.jars";
  private static final String EXTRA = "spark.executor.extraClassPath";

  private Executors() {}

  /**
   * Sends the jar of these classes; a folder of classes, as an IDE has it, has to be there already.
   */
  static void bring(SparkConf conf) {
    Path classes = classes();
    if (Files.isDirectory(classes)) {
      conf.set(EXTRA, joined(classes.toString(), conf.get(EXTRA, ""), File.pathSeparator));
    } else if (!conf.get(JARS, "").contains(classes.getFileName().toString())) {
      // spark-submit has put it there, if it was what was submitted.
      conf.set(JARS, joined(conf.get(JARS, ""), classes.toUri().toString(), ","));
    }
  }

  private static String joined(String first, String second, String by) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + by + second;
  }

  private static Path classes() {
    CodeSource source = Executors.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new ClusterException("the jar of sparring-spark cannot be found: " + e.getMessage(), e);
    }
  }
}
