package dev.sparring.tensor;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the processes of a {@link Group} meet, and which of them this one is.
 *
 * @param host of process 0, which the others connect to
 * @param port on that host, the same for all
 * @param rank number of this process, from 0
 * @param size number of processes
 * @param isStoreKept whether the launcher listens at that address and process 0 does not, as
 *     torchrun's agent
 * @param timeout how long a process waits for the others; longer than an evaluation takes, for
 *     which all wait. A process that has ended is noticed at once
 */
public record GroupAddress(
    String host, int port, int rank, int size, boolean isStoreKept, Duration timeout) {
  /** As in PyTorch. */
  public static final Duration TIMEOUT = Duration.ofMinutes(30);

  /** The first name in a list of Slurm's, e.g. {@code node} and {@code 07} of node[07-09,12]. */
  private static final Pattern FIRST_NODE =
      Pattern.compile("([^,\\[]+)(?:\\[([0-9]+)[^\\]]*])?([^,]*).*");

  /** Ports from here on, by the job's number, as in PyTorch Lightning. */
  private static final int SLURM_PORTS = 15_000;

  private static final int JOBS = 10_000;
  private static final int PORTS = 65_535;

  /** Checks the numbers. */
  public GroupAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("the host of process 0 is missing");
    }
    between("the port", port, 1, PORTS);
    between("the number of processes", size, 1, Integer.MAX_VALUE);
    between("the number of this process", rank, 0, size - 1);
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the timeout must be above 0");
    }
  }

  /** At an address where process 0 listens itself, with the usual timeout. */
  public GroupAddress(String host, int port, int rank, int size) {
    this(host, port, rank, size, false, TIMEOUT);
  }

  /** The same for processes that wait that long for each other. */
  public GroupAddress within(Duration timeout) {
    return new GroupAddress(host, port, rank, size, isStoreKept, timeout);
  }

  /**
   * As a launcher says it in the environment: {@code MASTER_ADDR}, {@code MASTER_PORT}, {@code
   * RANK} and {@code WORLD_SIZE}, which torchrun sets. What is missing of them is taken from Slurm:
   * {@code SLURM_PROCID}, the number of tasks of the step, the first node of its list, and a port
   * by the job's number.
   *
   * @throws IllegalArgumentException in one line that names the variable that is missing or wrong
   */
  public static GroupAddress of(Map<String, String> environment) {
    String rank = first(environment, "RANK", "SLURM_PROCID");
    String size = first(environment, "WORLD_SIZE", "SLURM_STEP_NUM_TASKS", "SLURM_NTASKS");
    String host = first(environment, "MASTER_ADDR");
    if (host == null) {
      host = firstNode(first(environment, "SLURM_STEP_NODELIST", "SLURM_JOB_NODELIST"));
    }
    String port = first(environment, "MASTER_PORT");
    String job = first(environment, "SLURM_JOB_ID");
    int meeting =
        port == null && job != null
            ? SLURM_PORTS + Math.floorMod(number("SLURM_JOB_ID", job), JOBS)
            : number("MASTER_PORT", port);
    boolean isKept = "True".equals(environment.get("TORCHELASTIC_USE_AGENT_STORE"));
    return new GroupAddress(
        required("MASTER_ADDR", host),
        meeting,
        number("RANK", rank),
        number("WORLD_SIZE", size),
        isKept,
        TIMEOUT);
  }

  private static @Nullable String first(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return null;
  }

  private static @Nullable String firstNode(@Nullable String list) {
    if (list == null) {
      return null;
    }
    Matcher nodes = FIRST_NODE.matcher(list);
    if (!nodes.matches()) {
      return list;
    }
    String number = nodes.group(2);
    return number == null ? nodes.group(1) : nodes.group(1) + number + nodes.group(3);
  }

  private static int number(String name, @Nullable String text) {
    String given = required(name, text);
    try {
      return Integer.parseInt(given);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, got '" + given + "'", e);
    }
  }

  private static String required(String name, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException(
          name
              + " is not set; a launcher sets MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE for each"
              + " process");
    }
    return value;
  }

  private static void between(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what
              + " must be "
              + least
              + (most == Integer.MAX_VALUE ? " or more" : " to " + most)
              + ", got "
              + value);
    }
  }
}
