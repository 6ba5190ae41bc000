package dev.sparring.nd4j;

import dev.sparring.process.NativeProcess;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The engine on ND4J's arrays and operations, differentiated by a tape of its own. (The gradients
 * of ND4J's SameDiff are wrong or missing for several of the operations that a GAN needs.)
 *
 * <p>On the processor it uses all cores; {@code -Dsparring.threads=N} or the environment variable
 * OMP_NUM_THREADS, read when the first engine opens, change that. Repeated runs are equal bit by
 * bit for the same number of threads.
 *
 * <p>Graphics cards need ND4J's CUDA backend in place of the one for processors on the class path.
 * That has not been run; see the README for the cards that it lacks.
 */
public final class Nd4jEngine implements Engine {
  static final String NAME = "nd4j";

  private final Device device;
  private final Precision precision;
  private final Kernels kernels;
  private long nodes;
  private int pauses;
  private boolean closed;

  private Nd4jEngine(Device device, Precision precision) {
    this.device = device;
    this.precision = precision;
    this.kernels = new Kernels(precision == Precision.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE);
  }

  /**
   * Opens the engine, loading ND4J if this is the first.
   *
   * @throws EngineException if ND4J does not load or is not the one for the device
   */
  public static Nd4jEngine open(Device device, Precision precision) {
    return open(device, precision, false);
  }

  /**
   * The same with kernels that every x86-64 processor with AVX2 and FMA has, on one thread: equal
   * bits on all of them. See {@link dev.sparring.tensor.EngineProvider#openPortable} for what that
   * means. Has to be the first engine of its process, or to follow portable ones.
   *
   * @throws EngineException as {@link #open(Device, Precision)}, or if this machine or this build
   *     of ND4J cannot do it, or the process has loaded libtorch or ND4J without it
   */
  public static Nd4jEngine openPortable(Device device, Precision precision) {
    return open(device, precision, true);
  }

  private static Nd4jEngine open(Device device, Precision precision, boolean portable) {
    if (portable && device.kind() != Device.Kind.CPU) {
      throw new EngineException("portable results are for the device cpu, not for " + device);
    }
    if (precision == Precision.BF16) {
      throw new EngineException(
          "the engine nd4j computes in float32 or float64, not in bf16; take the engine torch, or"
              + " float32");
    }
    Natives.load(portable);
    Natives.require(device);
    return new Nd4jEngine(device, precision);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return Natives.version();
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public Set<Ability> abilities() {
    return device.kind() == Device.Kind.CPU
        ? EnumSet.of(Ability.SECOND_DERIVATIVES, Ability.BIT_EXACT_REPEATS)
        : EnumSet.of(Ability.SECOND_DERIVATIVES);
  }

  @Override
  public boolean isPortable() {
    return device.kind() == Device.Kind.CPU && NativeProcess.isPortable();
  }

  @Override
  public Map<String, String> facts() {
    return Natives.facts();
  }

  @Override
  public Tensor upload(float[] values, Shape shape) {
    shape.requireCount(values.length);
    return constant(call(() -> kernels.transfer().upload(values, shape)));
  }

  @Override
  public Tensor upload(double[] values, Shape shape) {
    shape.requireCount(values.length);
    return constant(call(() -> kernels.transfer().upload(values, shape)));
  }

  @Override
  public Nd4jTensor full(double value, Shape shape) {
    return constant(call(() -> kernels.copies().full(value, shape)));
  }

  @Override
  public List<Tensor> gradients(Tensor output, List<Tensor> inputs, boolean differentiable) {
    Nd4jTensor from = own(output);
    if (output.shape().elements() != 1) {
      throw new IllegalArgumentException(
          "only a tensor of one element can be differentiated, this one is " + output.shape());
    }
    List<Nd4jTensor> variables = inputs.stream().map(this::own).toList();
    Nd4jTensor one = full(1, output.shape());
    List<@Nullable Nd4jTensor> found =
        differentiable
            ? Gradients.of(from, variables, one, null)
            : withoutGradients(() -> Gradients.of(from, variables, one, kernels.memory()));
    List<Tensor> gradients = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      Nd4jTensor g = found.get(i);
      gradients.add(g == null ? full(0, variables.get(i).shape()) : g);
    }
    return gradients;
  }

  @Override
  public <T> T withoutGradients(Supplier<T> computation) {
    requireOpen();
    pauses++;
    try {
      return computation.get();
    } finally {
      pauses--;
    }
  }

  @Override
  public void scope(Runnable step) {
    requireOpen();
    kernels.memory().scope(step);
  }

  @Override
  public List<Tensor> keep(Supplier<List<Tensor>> part) {
    requireOpen();
    return kernels
        .memory()
        .keep(
            () -> part.get().stream().<Tensor>map(t -> constant(living(own(t)))).toList(),
            t -> own(t).value().lease());
  }

  @Override
  public boolean areFinite(List<Tensor> tensors) {
    tensors.forEach(this::own);
    return Engine.super.areFinite(tensors);
  }

  /** The numbers of a tensor, whose memory is refused if it is free already. */
  private static Value living(Nd4jTensor t) {
    t.value().array();
    return t.value();
  }

  /**
   * Frees the memory that scopes have left for reuse; other tensors belong to the garbage
   * collector.
   */
  @Override
  public void close() {
    closed = true;
    kernels.memory().close();
  }

  /** Refuses to go on after {@link #close}. */
  void requireOpen() {
    if (closed) {
      throw EngineException.closed(this);
    }
  }

  /**
   * One of its own tensors.
   *
   * @throws EngineException if it belongs to another engine, or this one is closed
   */
  Nd4jTensor own(Tensor t) {
    requireOpen();
    if (t instanceof Nd4jTensor own && own.engine() == this) {
      return own;
    }
    throw EngineException.foreign(this, t);
  }

  /** Calls ND4J. */
  <T> T call(Supplier<T> calls) {
    requireOpen();
    return Failures.translate(this, calls);
  }

  Kernels kernels() {
    return kernels;
  }

  /** Whether current operations are recorded for differentiation. */
  boolean isRecording() {
    return pauses == 0;
  }

  Nd4jTensor constant(Value value) {
    requireOpen();
    return new Nd4jTensor(this, value, null);
  }

  Nd4jTensor variable(Value value) {
    requireOpen();
    return new Nd4jTensor(this, value, Node.variable(nodes++));
  }

  /** The result of an operation, on the tape if an operand is. */
  Nd4jTensor record(Value value, Node.Rule rule, List<Nd4jTensor> operands) {
    boolean constant = !isRecording() || operands.stream().allMatch(o -> o.node() == null);
    return constant
        ? constant(value)
        : new Nd4jTensor(this, value, Node.operation(nodes++, operands, rule));
  }
}
