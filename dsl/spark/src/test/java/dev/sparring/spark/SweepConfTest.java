package dev.sparring.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sparring.cli.cluster.ClusterException;
import dev.sparring.cli.cluster.ClusterOrder;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SweepConfTest {
  private static SparkConf conf(Map<String, String> settings, Integer threads, boolean card) {
    return SweepConf.of(new ClusterOrder("spark://a:7077", settings, threads, card, line -> {}));
  }

  @Test
  void whatTheUserSaysComesFirst() {
    SparkConf plain = conf(Map.of(), null, false);
    assertEquals("spark://a:7077", plain.get("spark.master"));
    assertEquals("512m", plain.get("spark.executor.memory"));
    assertEquals("4", plain.get("spark.task.maxFailures"));
    assertFalse(plain.contains("spark.task.cpus"));
    assertFalse(plain.contains("spark.task.resource.gpu.amount"));
    SparkConf own = conf(Map.of("spark.executor.memory", "1g", "spark.cores.max", "8"), 3, false);
    assertEquals("1g", own.get("spark.executor.memory"));
    assertEquals("8", own.get("spark.cores.max"));
    assertEquals("3", own.get("spark.task.cpus"));
  }

  @Test
  void aCardIsOneForEachRunUnlessTheUserSaysMore() {
    SparkConf one = conf(Map.of("spark.executor.resource.gpu.amount", "4"), null, true);
    assertEquals("1", one.get("spark.task.resource.gpu.amount"));
    assertEquals("4", one.get("spark.executor.resource.gpu.amount"));
  }

  @Test
  void contradictionsAreOneLine() {
    assertEquals(
        "--threads 3 and spark.task.cpus=2 are the same setting with two values; leave one out",
        assertThrows(ClusterException.class, () -> conf(Map.of("spark.task.cpus", "2"), 3, false))
            .getMessage());
    assertEquals(
        "spark.speculation: true would train a run twice at a time, in one run directory; leave it"
            + " out",
        assertThrows(
                ClusterException.class,
                () -> conf(Map.of("spark.speculation", "true"), null, false))
            .getMessage());
  }

  @Test
  void theClassesOfTasksComeAlong() {
    // Here they are a folder, or what the build has packed.
    SparkConf conf = conf(Map.of("spark.executor.extraClassPath", "/own"), null, false);
    String all = conf.get("spark.executor.extraClassPath") + conf.get("spark.jars", "");
    assertEquals(true, all.contains("/own"));
    assertEquals(true, all.matches(".*(target/classes|sparring-spark-[^/]*\\.jar).*"), all);
  }
}
