package dev.sparring.spark;

import java.io.File;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run on its way to an executor.
 *
 * @param folder where its process starts
 * @param log the file for what the process prints
 * @param options of its JVM
 * @param threads the option that a number of threads completes; null if it has a number of its own
 * @param classPath of its JVM
 * @param arguments its main class and the arguments of that
 */
record TaskRun(
    String folder,
    String log,
    List<String> options,
    @Nullable String threads,
    String classPath,
    List<String> arguments)
    implements Serializable {
  TaskRun {
    // Lists of Kotlin's cannot be read where Kotlin is missing.
    options = new ArrayList<>(options);
    arguments = new ArrayList<>(arguments);
  }

  /**
   * The command of its process.
   *
   * @param java the program, on the machine that trains
   * @param cpus how many threads it may have
   */
  List<String> command(String java, int cpus) {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(options);
    if (threads != null) {
      command.add(threads + cpus);
    }
    command.add("-cp");
    command.add(classPath);
    command.addAll(arguments);
    return command;
  }

  /** The first part of the class path, if it is not on this machine; null if it is. */
  @Nullable String missing() {
    String first = classPath.split(File.pathSeparator, 2)[0];
    String place = first.endsWith("*") ? first.substring(0, first.length() - 1) : first;
    return new File(folder).toPath().resolve(place).toFile().exists() ? null : first;
  }
}
