package dev.sparring.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of samples/sweeps/spark.md; {@code -Dsparring.spark.overhead=1000:100,2000:2000} are
 * numbers of runs and of open jobs.
 */
@EnabledIfSystemProperty(named = OverheadTest.SWITCH, matches = ".+")
class OverheadTest {
  static final String SWITCH = "sparring.spark.overhead";

  @TempDir Path folder;

  @Test
  void whatSparkCostsBesideTheTrainings() throws Exception {
    String[] measurements = System.getProperty(SWITCH).split(",");
    try (StandaloneCluster cluster = new StandaloneCluster(folder)) {
      cluster.worker();
      cluster.worker();
      List<String> arguments = new ArrayList<>(List.of(cluster.url()));
      arguments.addAll(List.of(measurements));
      String classPath = System.getProperty("java.class.path");
      try (SweepProcess process =
          new SweepProcess(
              folder,
              cluster.environment(),
              List.of(),
              classPath,
              Overhead.class.getName(),
              arguments)) {
        SweepProcess.Result result = process.await();
        System.out.print(result.out());
        assertEquals(0, result.code(), result.err());
        assertEquals(measurements.length, result.out().lines().count());
      }
    }
  }
}
