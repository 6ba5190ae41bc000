package dev.sparring.train;

import com.sun.management.OperatingSystemMXBean;
import dev.sparring.plan.GamePlan;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * About how much memory a training on the processor takes in this JVM: what {@link StepMemory}
 * estimates, and what it fills of Java's heap.
 *
 * @param engine its name
 * @param step beside the heap
 * @param heap bytes of the heap: the place of young objects, what lives on, the data
 * @param data bytes of the data, which the heap has; empty if its size is not known before it is
 *     read
 */
public record TrainingMemory(String engine, StepMemory step, double heap, OptionalLong data) {
  /** Recipe, script and libraries in a JVM that trains; measured, with small data. */
  private static final double LIVING = 20e6;

  /** Weights are drawn in double precision, and their arrays collected late. */
  private static final double DRAWN = 8;

  /**
   * The estimate for a plan.
   *
   * @throws UnestimatedException if the recipe has words whose work cannot be played without
   *     numbers
   */
  public static TrainingMemory of(GamePlan plan, String engine) {
    StepMemory step = StepMemory.of(plan, engine);
    OptionalLong data = plan.recipe().data().memory();
    long parameters =
        plan.directions().stream()
            .mapToLong(it -> it.generator().parameterCount() + it.discriminator().parameterCount())
            .sum();
    double filled = young() + LIVING + DRAWN * (double) parameters + (double) data.orElse(0);
    return new TrainingMemory(
        engine, step, Math.min(filled, (double) Runtime.getRuntime().maxMemory()), data);
  }

  /** All of it, in bytes. */
  public double total() {
    return step.total() + heap;
  }

  /** The memory of the machine, or the limit of its container, in bytes. */
  public static double machine() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Double.POSITIVE_INFINITY;
  }

  /**
   * What is missing, with both numbers; empty if nothing is.
   *
   * @param available bytes that there are
   * @param processes how many train on this machine
   */
  public Optional<String> shortage(double available, int processes) {
    double needed = total() * processes;
    return needed <= available
        ? Optional.empty()
        : Optional.of(
            "the training takes about "
                + megabytes(needed)
                + " on "
                + engine
                + ", and there are "
                + megabytes(available)
                + " of memory here; use a smaller train.batch, smaller samples or layers");
  }

  /** Memory that collectors fill before they collect for the first time. */
  private static double young() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().contains("Eden") || pool.getName().contains("Survivor"))
        .mapToDouble(pool -> pool.getUsage().getCommitted())
        .sum();
  }

  private static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%,.0f MB", bytes / 1e6);
  }

  /** What takes how much, in one line. */
  @Override
  public String toString() {
    String known =
        data.isPresent()
            ? "with " + megabytes((double) data.getAsLong()) + " of data"
            : "without the data, whose size is not known before it is read";
    return "about "
        + megabytes(total())
        + " on "
        + engine
        + ": "
        + megabytes(step.step())
        + " for networks and a step, "
        + megabytes(step.started())
        + " for Java's and the engine's code, and "
        + megabytes(heap)
        + " of Java's heap, "
        + known;
  }
}
