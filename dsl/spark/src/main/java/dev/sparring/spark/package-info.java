/**
 * Sweeps on clusters of Apache Spark. {@link dev.sparring.spark.SparkCluster} is what {@code
 * sparring sweep --spark} finds, {@link dev.sparring.spark.SweepMain} what {@code spark-submit}
 * starts. In executors there are only this package and Spark: classes that a task needs know
 * nothing else.
 */
@NullMarked
package dev.sparring.spark;

import org.jspecify.annotations.NullMarked;
