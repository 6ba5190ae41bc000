package dev.sparring.spark;

import dev.sparring.cli.MainKt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code spark-submit} starts: {@code sparring sweep} on the master that was submitted to.
 *
 * <pre>{@code
 * spark-submit --master spark://HOST:7077 --driver-class-path '/opt/sparring/lib/*' \
 *     --class dev.sparring.spark.SweepMain sparring-spark.jar SWEEP.yaml --out DIR
 * }</pre>
 */
public final class SweepMain {
  private static final String MASTER = "spark.master";

  private SweepMain() {}

  /**
   * Runs the sweep, and ends the JVM with the exit code of {@code sparring sweep}.
   *
   * @param args as of {@code sparring sweep}, without {@code --spark}
   */
  public static void main(String[] args) {
    MainKt.main(command(args, System.getProperty(MASTER)).toArray(String[]::new));
  }

  /** Without a master, the command line says what is missing. */
  static List<String> command(String[] args, @Nullable String master) {
    List<String> command = new ArrayList<>();
    command.add("sweep");
    command.addAll(List.of(args));
    command.add("--spark");
    if (master != null) {
      command.add(master);
    }
    return command;
  }
}
