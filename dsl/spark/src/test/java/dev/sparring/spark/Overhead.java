package dev.sparring.spark;

import dev.sparring.cli.cluster.ClusterListener;
import dev.sparring.cli.cluster.ClusterOrder;
import dev.sparring.cli.cluster.ClusterRun;
import dev.sparring.cli.cluster.SweepCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what a cluster costs beside the trainings: runs that begin where there is no folder, and
 * so end at once, go through all of it but the training.
 */
final class Overhead implements ClusterListener {
  private static final int WARM = 100;

  private int ends;

  private Overhead() {}

  /**
   * Prints a line for each measurement.
   *
   * @param args the master, and of each measurement the number of runs and how many jobs are to be
   *     open at a time, such as {@code 1000:100}
   */
  public static void main(String[] args) {
    for (int i = 1; i < args.length; i++) {
      String[] parts = args[i].split(":");
      measure(args[0], Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
  }

  private static void measure(String master, int runs, int open) {
    // What Spark takes for the cores of the cluster, of which there are to be twice as many jobs.
    Map<String, String> settings = Map.of("spark.default.parallelism", String.valueOf(open / 2));
    ClusterOrder order = new ClusterOrder(master, settings, null, false, line -> {});
    long start = System.nanoTime();
    try (SweepCluster.Session session = new SparkCluster().connect(order)) {
      double connected = since(start);
      new Overhead().train(session, 1);
      double first = since(start);
      new Overhead().train(session, WARM);
      start = System.nanoTime();
      new Overhead().train(session, runs);
      double each = since(start) / runs;
      System.gc();
      Runtime jvm = Runtime.getRuntime();
      System.out.printf(
          "connected after %.1f s, first run over after %.1f s; %d runs, about %d open: %.1f ms"
              + " each; heap %d MB%n",
          connected, first, runs, open, each * 1e3, (jvm.totalMemory() - jvm.freeMemory()) >> 20);
    }
  }

  private void train(SweepCluster.Session session, int count) {
    List<ClusterRun> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(
          new ClusterRun("run " + i, "/no/such/folder", "log", List.of(), null, "", List.of()));
    }
    session.train(runs, this);
    if (ends != count) {
      throw new IllegalStateException(ends + " of " + count + " runs have ended");
    }
  }

  @Override
  public void ended(ClusterRun run, int exitCode, String last, String place, double seconds) {
    throw new IllegalStateException(run.getTitle() + " has run");
  }

  @Override
  public void failed(ClusterRun run, String reason) {
    if (!reason.startsWith("cannot be started: there is no folder /no/such/folder")) {
      throw new IllegalStateException(reason);
    }
    ends++;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
