package dev.sparring.spark;

import dev.sparring.cli.cluster.ClusterException;

/** What has to be there before any of Spark's classes is used. */
final class Requirements {
  private static final String CONTEXT = "org.apache.spark.SparkContext";

  private Requirements() {}

  /**
   * @throws ClusterException if Spark is not on the class path, or this JVM does not let it see
   *     what it needs of Java
   */
  static void check() {
    Module spark;
    try {
      ClassLoader loader = SparkCluster.class.getClassLoader();
      spark = Class.forName(CONTEXT, false, loader).getModule();
    } catch (ClassNotFoundException e) {
      throw new ClusterException(
          "Spark is not on the class path; add :SPARK_HOME/jars/* to SPARRING_CLASSPATH", e);
    }
    if (!Object.class.getModule().isExported("sun.nio.ch", spark)) {
      throw new ClusterException(
          "Spark needs packages of Java that are closed here; start by ./sparring with"
              + " SPARRING_CLASSPATH, or by spark-submit, which open them");
    }
  }
}
