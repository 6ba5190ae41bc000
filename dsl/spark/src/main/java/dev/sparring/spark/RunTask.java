package dev.sparring.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;

/**
 * Trains a run in a child process, in an executor. An interrupted run throws, so that Spark starts
 * it again; every other end is a result.
 */
final class RunTask implements Function<TaskRun, TaskEnd> {
  private static final long serialVersionUID = 1;

  /** Exit codes of a JVM after SIGINT and SIGTERM: a checkpoint is written. */
  private static final int INTERRUPTED = 130;

  private static final int TERMINATED = 143;
  private static final long CHECKPOINT_SECONDS = 60;
  private static final String GPU = "gpu";

  @Override
  public TaskEnd call(TaskRun run) throws InterruptedException {
    TaskContext task = TaskContext.get();
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    long start = System.nanoTime();
    File folder = new File(run.folder());
    if (!folder.isDirectory()) {
      return notStarted("there is no folder " + folder + ", where the sweep was started,", host);
    }
    String missing = run.missing();
    if (missing != null) {
      return notStarted("there is no " + missing + " (see spark.sparring.classPath)", host);
    }
    Path log = folder.toPath().resolve(run.log());
    Process process;
    try {
      process = start(run, folder, log, task);
    } catch (IOException e) {
      return notStarted(String.valueOf(e.getMessage()), host);
    }
    int code = end(process);
    if (code == INTERRUPTED || code == TERMINATED) {
      throw new IllegalStateException("interrupted on " + host + ", with a checkpoint");
    }
    return new TaskEnd(code, LastLine.of(log), host, (System.nanoTime() - start) / 1e9);
  }

  private static TaskEnd notStarted(String why, String host) {
    return new TaskEnd(TaskEnd.NOT_STARTED, why + " on " + host, host, 0);
  }

  private static Process start(TaskRun run, File folder, Path log, TaskContext task)
      throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder child =
        new ProcessBuilder(run.command(java, task.cpus()))
            .directory(folder)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // Spark sets it for programs in Python; the process is told its threads by an option.
    child.environment().remove("OMP_NUM_THREADS");
    // Spark's card becomes the process's only one, so a run has the same device wherever it goes
    // on.
    ResourceInformation cards = task.resourcesJMap().get(GPU);
    if (cards != null) {
      child.environment().put("CUDA_VISIBLE_DEVICES", String.join(",", cards.addresses()));
    }
    return child.start();
  }

  /** Waits for its end; if the task is killed meanwhile, for its last checkpoint. */
  private static int end(Process process) throws InterruptedException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      close(process);
      if (!process.waitFor(CHECKPOINT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      throw e;
    }
  }

  /** It ends when its input is closed, as it is by the death of this process too. */
  private static void close(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroy();
    }
  }
}
