package dev.sparring.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.cli.cluster.ClusterOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.Test;

class RunWatchTest {
  private final List<String> lines = new ArrayList<>();

  private RunWatch watch(int cpus, boolean card) {
    return new RunWatch(
        new ClusterOrder("spark://a:7077", Map.of(), null, card, lines::add), cpus, "512m");
  }

  @Test
  void silenceOfTheClusterIsSaidEachMinute() {
    RunWatch watch = watch(4, true);
    watch.begin(List.of("[1/1] base, seed 1"));
    long start = System.nanoTime();
    for (long seconds : new long[] {10, 59, 62, 90, 123, 150}) {
      watch.look(start + TimeUnit.SECONDS.toNanos(seconds));
    }
    String line =
        "no machine has taken a run for 60 s; each needs 4 cores, a card and an executor of 512m:"
            + " the master's page says what is free";
    assertEquals(List.of(line, line), lines);
  }

  @Test
  void lostExecutorsAreSaidInALineUntilTheEnd() {
    RunWatch watch = watch(1, false);
    watch.onExecutorRemoved(new SparkListenerExecutorRemoved(0, "7", "worker lost\nat a.b.c"));
    watch.close();
    watch.onExecutorRemoved(new SparkListenerExecutorRemoved(0, "8", "stopped"));
    assertEquals(List.of("executor 7 is lost: worker lost"), lines);
  }
}
