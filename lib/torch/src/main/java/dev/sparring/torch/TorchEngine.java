package dev.sparring.torch;

import dev.sparring.process.NativeProcess;
import dev.sparring.tensor.Ability;
import dev.sparring.tensor.AdamStep;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Group;
import dev.sparring.tensor.GroupAddress;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.tensor.Workload;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The engine on libtorch and its automatic differentiation.
 *
 * <p>On the processor it uses all cores; {@code -Dsparring.threads=N} or the environment variable
 * OMP_NUM_THREADS, read when the first engine opens, change that. Repeated runs are equal bit by
 * bit for the same number of threads. If other programs use the processor, the environment variable
 * OMP_WAIT_POLICY=PASSIVE makes it faster still, because threads then do not spin at all while they
 * wait for each other; on an idle machine it costs a tenth.
 *
 * <p>The part for graphics cards was written from the documentation and has not been run on one.
 */
public final class TorchEngine implements Engine {
  static final String NAME = "torch";

  private final Device device;
  private final Precision precision;
  private final Transfer transfer;
  private final FusedAdam fusedAdam = new FusedAdam();
  private final FiniteCheck finiteCheck = new FiniteCheck();
  private final Autocast autocast;
  private ThreadDivision threads = ThreadDivision.general();
  private boolean closed;

  private TorchEngine(Device device, Precision precision) {
    this.device = device;
    this.precision = precision;
    this.transfer = new Transfer(device, precision);
    this.autocast = new Autocast(precision);
  }

  /**
   * Opens the engine, loading libtorch if this is the first.
   *
   * @throws EngineException if libtorch does not load or the device is missing
   */
  public static TorchEngine open(Device device, Precision precision) {
    return open(device, precision, false);
  }

  /**
   * The same with kernels that every x86-64 processor with AVX2 and FMA has, on one thread: equal
   * bits on all of them. See {@link dev.sparring.tensor.EngineProvider#openPortable} for what that
   * means. Has to be the first engine of its process, or to follow portable ones.
   *
   * @throws EngineException as {@link #open(Device, Precision)}, or if this machine cannot do it,
   *     or the process has loaded libtorch or ND4J without it
   */
  public static TorchEngine openPortable(Device device, Precision precision) {
    return open(device, precision, true);
  }

  private static TorchEngine open(Device device, Precision precision, boolean portable) {
    if (portable && device.kind() != Device.Kind.CPU) {
      throw new EngineException("portable results are for the device cpu, not for " + device);
    }
    Natives.load(portable);
    if (device.kind() == Device.Kind.CUDA) {
      Cuda.require(device);
    } else if (precision == Precision.BF16) {
      Bfloat16.require();
    }
    return new TorchEngine(device, precision);
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
    // On a card several of libtorch's sums depend on the order in which its threads finish.
    return device.kind() == Device.Kind.CPU
        ? EnumSet.allOf(Ability.class)
        : EnumSet.of(Ability.SECOND_DERIVATIVES, Ability.GROUPS);
  }

  @Override
  public boolean isPortable() {
    return device.kind() == Device.Kind.CPU && NativeProcess.isPortable();
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = Facts.all();
    facts.putAll(threads.facts());
    return facts;
  }

  @Override
  public void expect(Workload workload) {
    requireOpen();
    threads = ThreadDivision.of(workload);
    threads.apply();
  }

  @Override
  public Tensor upload(float[] values, Shape shape) {
    shape.requireCount(values.length);
    return make(() -> transfer.upload(values, shape.toLongs()));
  }

  @Override
  public Tensor upload(double[] values, Shape shape) {
    shape.requireCount(values.length);
    return make(() -> transfer.upload(values, shape.toLongs()));
  }

  @Override
  public Tensor full(double value, Shape shape) {
    return make(
        () -> Images.channelsLast(torch.full(shape.toLongs(), scalar(value), transfer.options())));
  }

  @Override
  public List<Tensor> gradients(Tensor output, List<Tensor> inputs, boolean differentiable) {
    return call(() -> derivatives(raw(output), inputs, Gradients.After.of(differentiable)));
  }

  @Override
  @SuppressWarnings("try") // scopes act by being open
  public List<Tensor> gradients(Supplier<Tensor> part, List<Tensor> inputs) {
    requireOpen();
    // The backward pass frees what was recorded, where there is no other handle of it.
    try (org.bytedeco.pytorch.Tensor output = alone(part)) {
      return call(() -> derivatives(output, inputs, Gradients.After.NOTHING));
    }
  }

  /** A part's result, of no scope; all other handles that the part created are freed. */
  @SuppressWarnings("try") // the scope acts by being open
  private org.bytedeco.pytorch.Tensor alone(Supplier<Tensor> part) {
    try (PointerScope own = new PointerScope()) {
      org.bytedeco.pytorch.Tensor result = new org.bytedeco.pytorch.Tensor(raw(part.get()));
      result.retainReference();
      return result;
    }
  }

  private List<Tensor> derivatives(
      org.bytedeco.pytorch.Tensor output, List<Tensor> inputs, Gradients.After after) {
    List<TorchTensor> by = inputs.stream().map(this::own).toList();
    List<org.bytedeco.pytorch.Tensor> found =
        Gradients.of(output, by.stream().map(TorchTensor::recorded).toList(), after);
    return IntStream.range(0, by.size())
        .<Tensor>mapToObj(i -> new TorchTensor(this, by.get(i).inOrder(found.get(i))))
        .toList();
  }

  @Override
  @SuppressWarnings("try") // the guard acts by being open
  public <T> T withoutGradients(Supplier<T> computation) {
    requireOpen();
    try (NoGradGuard guard = new NoGradGuard()) {
      return computation.get();
    }
  }

  @Override
  public Tensor autocast(Supplier<Tensor> pass) {
    Tensor result = autocast.with(true, pass);
    return autocast.isReduced(raw(result)) ? make(() -> autocast.full(raw(result))) : result;
  }

  @Override
  public Tensor withoutAutocast(Supplier<Tensor> part) {
    return autocast.with(false, part);
  }

  @Override
  @SuppressWarnings("try") // the scope acts by being open
  public void scope(Runnable step) {
    requireOpen();
    threads.apply(); // another engine of this process, or another thread, may have others
    try (PointerScope scope = new PointerScope()) {
      step.run();
    }
  }

  @Override
  @SuppressWarnings("try") // the scope acts by being open
  public List<Tensor> keep(Supplier<List<Tensor>> part) {
    requireOpen();
    PointerScope outer = PointerScope.getInnerScope();
    try (PointerScope scope = new PointerScope()) {
      return part.get().stream().<Tensor>map(t -> kept(t, outer)).toList();
    }
  }

  @Override
  @SuppressWarnings("try") // scope and guard act by being open
  public void adam(
      AdamStep step,
      List<Tensor> parameters,
      List<Tensor> gradients,
      List<Tensor> means,
      List<Tensor> squares) {
    if (!FusedAdam.computes(this, step, parameters, means, squares)) {
      Engine.super.adam(step, parameters, gradients, means, squares);
      return;
    }
    call(
        () -> {
          try (PointerScope scope = new PointerScope();
              NoGradGuard guard = new NoGradGuard()) {
            fusedAdam.apply(this, step, parameters, gradients, means, squares);
          }
          return this;
        });
  }

  @Override
  @SuppressWarnings("try") // scope and guard act by being open
  public boolean areFinite(List<Tensor> tensors) {
    return call(
        () -> {
          try (PointerScope scope = new PointerScope();
              NoGradGuard guard = new NoGradGuard()) {
            return finiteCheck.areFinite(tensors.stream().map(this::raw).toList());
          }
        });
  }

  /** A handle of the same numbers that the open scope does not free. */
  private TorchTensor kept(Tensor t, @Nullable PointerScope outer) {
    return make(
        () -> {
          org.bytedeco.pytorch.Tensor constant = raw(t).detach();
          if (outer == null) {
            constant.retainReference(); // the garbage collector frees it regardless of the count
          } else {
            outer.attach(constant);
          }
          return constant;
        });
  }

  @Override
  public Group join(GroupAddress address) {
    requireOpen();
    return address.size() == 1 ? Group.ALONE : TorchGroup.join(this, address);
  }

  /** There is nothing to free: tensors belong to scopes or to the garbage collector. */
  @Override
  public void close() {
    closed = true;
  }

  Transfer transfer() {
    return transfer;
  }

  Autocast autocasting() {
    return autocast;
  }

  /** Refuses to go on after {@link #close}. */
  void requireOpen() {
    if (closed) {
      throw EngineException.closed(this);
    }
  }

  /**
   * The native tensor of one of this engine's tensors.
   *
   * @throws EngineException for others, and after the end of a tensor's scope
   */
  org.bytedeco.pytorch.Tensor raw(Tensor t) {
    return own(t).raw();
  }

  /** The same in its own order of memory, see {@link TorchTensor#recorded}. */
  org.bytedeco.pytorch.Tensor recorded(Tensor t) {
    return own(t).recorded();
  }

  private TorchTensor own(Tensor t) {
    if (!(t instanceof TorchTensor own) || own.engine() != this) {
      throw EngineException.foreign(this, t);
    }
    if (own.isFreed()) {
      throw EngineException.freed();
    }
    return own;
  }

  /** A number in this engine's precision; libtorch refuses those that it cannot represent. */
  Scalar scalar(double number) {
    boolean tooLarge = Math.abs(number) > Float.MAX_VALUE;
    return new Scalar(precision.isSingle() && tooLarge ? (float) number : number);
  }

  /** Calls libtorch. */
  <T> T call(Supplier<T> calls) {
    requireOpen();
    return Failures.translate(this, calls);
  }

  TorchTensor make(Supplier<org.bytedeco.pytorch.Tensor> calls) {
    return new TorchTensor(this, call(calls));
  }
}
