package dev.sparring.spark;

import dev.sparring.cli.cluster.ClusterException;
import dev.sparring.cli.cluster.ClusterOrder;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/** The settings of Spark for a sweep: the user's, and defaults where these say nothing. */
final class SweepConf {
  static final String TASK_CPUS = "spark.task.cpus";

  /**
   * The class path of the trainings' processes on the machines of the cluster, if it is another
   * there than here.
   */
  static final String CLASS_PATH = "spark.sparring.classPath";

  private static final String FAILURES = "spark.task.maxFailures";

  private SweepConf() {}

  /**
   * @throws ClusterException if the settings contradict what the sweep needs
   */
  static SparkConf of(ClusterOrder order) {
    SparkConf conf = new SparkConf().setMaster(order.getMaster());
    order.getSettings().forEach(conf::set);
    conf.setIfMissing("spark.app.name", "sparring sweep");
    threads(conf, order.getThreads());
    if (conf.getBoolean("spark.speculation", false)) {
      throw new ClusterException(
          "spark.speculation: true would train a run twice at a time, in one run directory; leave it out");
    }
    // Attempts at a run that is interrupted or whose machine is lost.
    conf.setIfMissing(FAILURES, "4");
    // What trainings need of memory is their processes', not the executors'.
    conf.setIfMissing("spark.executor.memory", "512m");
    // Data is read by the trainings, so no machine is nearer to it than another.
    conf.setIfMissing("spark.locality.wait", "0");
    conf.setIfMissing("spark.ui.enabled", "false");
    if (order.getNeedsCard()) {
      conf.setIfMissing("spark.task.resource.gpu.amount", "1");
      conf.setIfMissing("spark.executor.resource.gpu.amount", "1");
    }
    Executors.bring(conf);
    return conf;
  }

  private static void threads(SparkConf conf, @Nullable Integer threads) {
    if (threads == null) {
      return;
    }
    String cpus = String.valueOf(threads);
    if (conf.contains(TASK_CPUS) && !Objects.equals(conf.get(TASK_CPUS), cpus)) {
      throw new ClusterException(
          "--threads "
              + threads
              + " and spark.task.cpus="
              + conf.get(TASK_CPUS)
              + " are the same setting with two values; leave one out");
    }
    conf.set(TASK_CPUS, cpus);
  }
}
