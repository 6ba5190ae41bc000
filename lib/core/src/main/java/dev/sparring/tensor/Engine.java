package dev.sparring.tensor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Differentiable tensor operations on one device in one precision: the seam between core and a
 * numerical library.
 *
 * <p>An engine is opened, passed to the code that needs it, and closed; there is no default engine.
 * It is used by one thread at a time. It draws no random numbers: core draws weights, noise and
 * masks and uploads them, so that equal seeds start equal runs on every engine.
 *
 * <p>What an engine cannot do is an {@link EngineException} of one line: an operation after {@link
 * #close}, a tensor that belongs to another engine or to another instance of this one, a tensor
 * after the end of its scope, memory that the device does not have, and whatever fails in the
 * numerical library.
 */
public interface Engine extends AutoCloseable {
  /** The name by which the command line selects it, e.g. {@code torch}. */
  String name();

  /** The numerical library and its version, for the record of a run. */
  String version();

  /** Name, precision and device for messages, e.g. {@code torch (float32, cpu)}. */
  default String description() {
    return name() + " (" + precision().name().toLowerCase(Locale.ROOT) + ", " + device() + ")";
  }

  /** Where the tensors live. */
  Device device();

  /**
   * The format in which it computes; that of every tensor outside of {@link #autocast} is {@link
   * Precision#elements}.
   */
  Precision precision();

  /** What it can do beyond the operations of {@link Tensor}. */
  Set<Ability> abilities();

  /**
   * Whether its results are the same bits on every machine that can open it so; see {@link
   * EngineProvider#openPortable}.
   */
  default boolean isPortable() {
    return false;
  }

  /**
   * What else the bits of its results may depend on, by name, for the record of a run: threads,
   * processor, the kernels that were chosen, libraries and their versions, environment variables.
   */
  default Map<String, String> facts() {
    return Map.of();
  }

  /**
   * Tells the engine what it will compute, before it does. It may divide its threads accordingly,
   * which the bits of results may depend on; so equal trainings say the same at their start. The
   * last call counts.
   */
  default void expect(Workload workload) {}

  /**
   * A constant from row-major values.
   *
   * @throws IllegalArgumentException if the number of values is not the shape's
   */
  Tensor upload(float[] values, Shape shape);

  /**
   * A constant from row-major values that have to be computed, such as random ones of every sample.
   * An engine that only looks at shapes asks for none.
   */
  default Tensor upload(Supplier<float[]> values, Shape shape) {
    return upload(values.get(), shape);
  }

  /** As {@link #upload(float[], Shape)}; single precision rounds. */
  Tensor upload(double[] values, Shape shape);

  /** A constant tensor of one value. */
  Tensor full(double value, Shape shape);

  /**
   * Derivatives of a scalar with respect to variables. The same output may be differentiated again.
   *
   * @param output one element
   * @param inputs variables, or tensors computed from them, on which the output was computed; an
   *     input that the output does not depend on gets zeros
   * @param differentiable whether the result can itself be differentiated; needs {@link
   *     Ability#SECOND_DERIVATIVES}
   * @return a tensor of each input's shape, in their order
   */
  List<Tensor> gradients(Tensor output, List<Tensor> inputs, boolean differentiable);

  /**
   * Runs part of a step and returns the derivatives of its result, as {@link #keep} returns
   * results: all else that the part creates is freed. An engine may free it while it
   * differentiates, each tensor after its last use, which needs less memory than the same by {@link
   * #keep}.
   *
   * @param part computes one element
   * @param inputs variables from outside of the part; one that the result does not depend on gets
   *     zeros
   * @return a constant of each input's shape, in their order
   */
  default List<Tensor> gradients(Supplier<Tensor> part, List<Tensor> inputs) {
    return keep(() -> gradients(part.get(), inputs, false));
  }

  /** Runs a computation without recording gradients, which saves memory; results are constants. */
  <T> T withoutGradients(Supplier<T> computation);

  /**
   * Runs a training pass. An engine of {@link Precision#BF16} computes {@link Tensor#linear},
   * {@link Tensor#conv2d} and {@link Tensor#convTranspose2d} in it in bfloat16, whatever their
   * operands are; other operations compute in the format of their operands, in single precision
   * where these differ; sums, roots, exponentials, logarithms and softplus are always in single
   * precision. Gradients have the format of what they belong to. On other engines it only runs the
   * computation.
   *
   * @return its result, in {@link Precision#elements}
   */
  default Tensor autocast(Supplier<Tensor> pass) {
    return pass.get();
  }

  /**
   * Runs part of a training pass without {@link #autocast}, such as the normalization of a weight.
   */
  default Tensor withoutAutocast(Supplier<Tensor> part) {
    return part.get();
  }

  /**
   * Runs one step and frees every tensor that it created. Results that must be kept are written
   * into tensors created outside ({@link Tensor#assign}, {@link Tensor#blend}) or leaves the engine
   * as numbers.
   */
  void scope(Runnable step);

  /**
   * Runs part of a step and frees every tensor that it created but its results. These are returned
   * as constants, and belong to the scope around it; without one, to the garbage collector. So the
   * activations of one batch are freed before those of the next are computed, and its gradients
   * stay.
   *
   * @param part what to compute
   * @return its results, in their order, without their history: no gradient flows through
   */
  List<Tensor> keep(Supplier<List<Tensor>> part);

  /**
   * Updates parameters by a step of Adam, each with its gradient and moments, in place and outside
   * of what is differentiated. An engine may compute all of them in one operation, which may round
   * otherwise; by default they are updated one after the other, each in a scope of its own.
   *
   * @param means of the gradients, in the order of the parameters
   * @param squares mean squares of the gradients
   */
  default void adam(
      AdamStep step,
      List<Tensor> parameters,
      List<Tensor> gradients,
      List<Tensor> means,
      List<Tensor> squares) {
    for (int i = 0; i < parameters.size(); i++) {
      int at = i;
      scope(
          () -> step.apply(parameters.get(at), gradients.get(at), means.get(at), squares.get(at)));
    }
  }

  /** Whether every number of these tensors is finite. An engine may look at all at once. */
  default boolean areFinite(List<Tensor> tensors) {
    boolean[] all = {true};
    // The sum of large numbers may overflow; the sum of zero times them does not.
    scope(
        () ->
            all[0] =
                tensors.stream()
                    .allMatch(
                        t ->
                            Double.isFinite(t.sum().item())
                                || Double.isFinite(t.times(0).sum().item())));
    return all[0];
  }

  /**
   * The largest memory use of the device so far in bytes as the library counts it, or -1 if it does
   * not count.
   */
  default long peakBytes() {
    return -1;
  }

  /**
   * Joins the processes that train together, and waits until all have come; needs {@link
   * Ability#GROUPS}.
   *
   * @throws EngineException in one line, if the engine cannot, or the others do not come in time
   */
  default Group join(GroupAddress address) {
    throw new EngineException(
        "the engine " + name() + " trains in one process; --engine torch trains in several");
  }

  /**
   * Frees what the engine holds. Afterwards every operation of it and of its tensors is an {@link
   * EngineException}; closing it again does nothing.
   */
  @Override
  void close();
}
