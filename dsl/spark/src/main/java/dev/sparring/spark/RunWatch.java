package dev.sparring.spark;

import dev.sparring.cli.cluster.ClusterOrder;
import dev.sparring.setting.Shown;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Says where runs begin and why they are lost, and that nothing happens, if nothing does. */
final class RunWatch extends SparkListener {
  /** The property of a job that has the number of its run. */
  static final String NUMBER = "sparring.run";

  private static final long SILENCE_SECONDS = 60;

  private final ClusterOrder order;
  private final String need;
  private final Map<Integer, Integer> runsOfStages = new HashMap<>();
  private final Map<Integer, String> reasons = new HashMap<>();
  private final Set<Long> tasks = new HashSet<>();
  private List<String> titles = List.of();
  private long quietSince = System.nanoTime();
  private boolean isClosed;

  RunWatch(ClusterOrder order, int cpus, String memory) {
    this.order = order;
    need =
        (cpus == 1 ? "1 core" : cpus + " cores")
            + (order.getNeedsCard() ? ", a card" : "")
            + " and an executor of "
            + memory;
  }

  /** From now on runs are those with these titles, by their numbers. */
  synchronized void begin(List<String> runs) {
    titles = runs;
    quietSince = System.nanoTime();
  }

  /** Ends it: what happens to executors after the sweep is of no interest. */
  synchronized void close() {
    isClosed = true;
  }

  /** Why a run was lost the last time. */
  synchronized Optional<String> reason(int run) {
    return Optional.ofNullable(reasons.get(run));
  }

  /**
   * Says it, if no machine has had a run for long.
   *
   * @param now in nanoseconds, as Java counts them
   */
  synchronized void look(long now) {
    if (tasks.isEmpty() && now - quietSince > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
      quietSince = now;
      say(
          "no machine has taken a run for "
              + SILENCE_SECONDS
              + " s; each needs "
              + need
              + ": the master's page says what is free");
    }
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart event) {
    String number = event.properties().getProperty(NUMBER);
    if (number != null) {
      event.stageIds().foreach(stage -> runsOfStages.put((Integer) stage, Integer.valueOf(number)));
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    Integer run = runsOfStages.get(event.stageId());
    if (run == null) {
      return;
    }
    tasks.add(event.taskInfo().taskId());
    int attempt = event.taskInfo().attemptNumber();
    say(
        titles.get(run)
            + ": "
            + (attempt == 0 ? "begins" : "attempt " + (attempt + 1))
            + " on "
            + event.taskInfo().host());
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    quietSince = System.nanoTime();
    tasks.remove(event.taskInfo().taskId());
    Integer run = runsOfStages.get(event.stageId());
    if (run != null && event.reason() instanceof TaskFailedReason failed) {
      String reason = first(failed.toErrorString());
      reasons.put(run, reason);
      say(titles.get(run) + ": lost on " + event.taskInfo().host() + ": " + reason);
    }
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded event) {
    int cores = event.executorInfo().totalCores();
    say(
        "executor "
            + event.executorId()
            + " on "
            + event.executorInfo().executorHost()
            + ": "
            + (cores == 1 ? "1 core" : cores + " cores"));
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    say("executor " + event.executorId() + " is lost: " + first(event.reason()));
  }

  private static String first(String text) {
    return Shown.line(text.lines().findFirst().orElse("no reason is known").strip());
  }

  private void say(String line) {
    if (!isClosed) {
      order.getLog().accept(line);
    }
  }
}
