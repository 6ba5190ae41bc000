package dev.sparring.spark;

import dev.sparring.cli.cluster.ClusterException;
import dev.sparring.cli.cluster.ClusterOrder;
import dev.sparring.cli.cluster.SweepCluster;
import dev.sparring.setting.Shown;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A cluster of Apache Spark. A run is a job of one task, which trains in a child process of its
 * executor; so a crash costs a run and not an executor, and what a run needs of memory is not
 * Spark's.
 */
public final class SparkCluster implements SweepCluster {
  private static final String LOGGING = "slf4j.provider";

  /** For {@link java.util.ServiceLoader}. */
  public SparkCluster() {}

  @Override
  public Session connect(ClusterOrder order) {
    Requirements.check();
    chooseLogging();
    Masters.requireAnswer(order.getMaster());
    order.getLog().accept("connecting to " + order.getMaster());
    return new SparkSession(open(SweepConf.of(order), order), order);
  }

  /** The command line and Spark bring one each, and SLF4J would complain of two. */
  private static void chooseLogging() {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "org.slf4j.nop.NOPServiceProvider");
      System.setProperty("slf4j.internal.verbosity", "WARN"); // else it tells that it obeys
    }
  }

  private static JavaSparkContext open(SparkConf conf, ClusterOrder order) {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) { // Scala's checked exceptions are not declared
      throw new ClusterException(order.getMaster() + ": " + firstLine(e), e);
    }
  }

  /** What Spark says, without the lines of a stack that it often adds. */
  static String firstLine(Throwable e) {
    String text = String.valueOf(e.getMessage());
    return Shown.line(text.lines().findFirst().orElse(text).strip());
  }
}
