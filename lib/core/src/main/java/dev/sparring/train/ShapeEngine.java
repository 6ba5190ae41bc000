package dev.sparring.train;

import dev.sparring.tensor.Ability;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine that computes shapes only, and counts what an engine of some name would allocate. Every
 * number that leaves it is 1.
 */
final class ShapeEngine implements Engine {
  private final MemoryTraits traits;
  private final Precision precision;
  private final Ledger ledger = new Ledger();
  private long count;
  private int pauses;
  private boolean autocast;

  ShapeEngine(MemoryTraits traits, Precision precision) {
    this.traits = traits;
    this.precision = precision;
  }

  MemoryTraits traits() {
    return traits;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Whether a tensor that is computed from these is in bfloat16. */
  boolean isReduced(List<ShapeTensor> operands) {
    return !operands.isEmpty() && operands.stream().allMatch(ShapeTensor::isReduced);
  }

  /** Whether linear maps compute in bfloat16 now. */
  boolean isAutocast() {
    return autocast;
  }

  double bytes(Shape shape, boolean reduced) {
    double elements = 1;
    for (int extent : shape.dims()) {
      elements *= extent;
    }
    return elements * (reduced ? Short.BYTES : precision.isSingle() ? Float.BYTES : Double.BYTES);
  }

  /** A new tensor that is computed from others, in their format. */
  ShapeTensor made(Shape shape, List<ShapeTensor> operands) {
    return made(shape, isReduced(operands), operands);
  }

  /** A new tensor in a format. */
  ShapeTensor made(Shape shape, boolean reduced, List<ShapeTensor> operands) {
    return new ShapeTensor(
        this, shape, reduced, ledger.allocate(bytes(shape, reduced)), count++, history(operands));
  }

  /** A tensor of the same numbers. */
  ShapeTensor view(ShapeTensor of, Shape shape, List<ShapeTensor> operands) {
    return new ShapeTensor(this, shape, of.isReduced(), of.storage(), count++, history(operands));
  }

  ShapeTensor variable(ShapeTensor of) {
    return new ShapeTensor(
        this, of.shape(), of.isReduced(), of.storage(), count++, List.of(of.constant()));
  }

  private List<ShapeTensor> history(List<ShapeTensor> operands) {
    return pauses == 0
        ? operands.stream().filter(o -> !o.operands().isEmpty()).toList()
        : List.of();
  }

  @Override
  public String name() {
    return "shapes";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Device device() {
    return Device.CPU;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.allOf(Ability.class);
  }

  @Override
  public Tensor upload(float[] values, Shape shape) {
    return made(shape, List.of());
  }

  /** Masks and noise of large batches would take longer than all the rest. */
  @Override
  public Tensor upload(Supplier<float[]> values, Shape shape) {
    return made(shape, List.of());
  }

  @Override
  public Tensor upload(double[] values, Shape shape) {
    return made(shape, List.of());
  }

  @Override
  public Tensor full(double value, Shape shape) {
    return made(shape, List.of());
  }

  @Override
  public List<Tensor> gradients(Tensor output, List<Tensor> inputs, boolean differentiable) {
    List<ShapeTensor> asked = inputs.stream().map(ShapeTensor.class::cast).toList();
    return differentiable
        ? back((ShapeTensor) output, asked, true)
        : withoutGradients(() -> back((ShapeTensor) output, asked, false));
  }

  /** Backwards, each tensor once: its gradient is there until those of its operands are. */
  private List<Tensor> back(ShapeTensor output, List<ShapeTensor> asked, boolean kept) {
    Set<ShapeTensor> wanted = between(output, asked);
    IdentityHashMap<ShapeTensor, ShapeTensor> found = new IdentityHashMap<>();
    TreeSet<ShapeTensor> waiting =
        new TreeSet<>(Comparator.comparingLong(ShapeTensor::number).reversed());
    List<Tensor> gradients = new ArrayList<>();
    IdentityHashMap<ShapeTensor, ShapeTensor> results = new IdentityHashMap<>();
    double[] transientBytes = new double[1];
    if (wanted.contains(output)) {
      waiting.add(output);
      found.put(output, made(output.shape(), List.of()));
    }
    while (!waiting.isEmpty()) {
      ShapeTensor t = Objects.requireNonNull(waiting.pollFirst());
      ShapeTensor g = Objects.requireNonNull(found.get(t));
      if (asked.contains(t)) {
        results.put(t, g);
      }
      double working = 0;
      for (ShapeTensor operand : t.operands()) {
        if (!wanted.contains(operand)) {
          continue;
        }
        working += operand.bytes();
        if (found.containsKey(operand)) {
          continue;
        }
        List<ShapeTensor> history = kept ? derivatives(t, g) : List.of();
        ShapeTensor made =
            kept || asked.contains(operand)
                ? made(operand.shape(), operand.isReduced(), history)
                : new ShapeTensor(
                    this, operand.shape(), operand.isReduced(), g.storage(), count++, List.of());
        if (!kept && !asked.contains(operand)) {
          transientBytes[0] += operand.bytes();
        }
        found.put(operand, made);
        waiting.add(operand);
      }
      ledger.borrow(transientBytes[0] + traits.backward() * working);
      if (!kept && !asked.contains(t)) {
        transientBytes[0] = Math.max(0, transientBytes[0] - t.bytes());
      }
    }
    for (ShapeTensor input : asked) {
      ShapeTensor g = results.get(input);
      gradients.add(g == null ? made(input.shape(), List.of()) : g);
    }
    return gradients;
  }

  private static List<ShapeTensor> derivatives(ShapeTensor t, ShapeTensor g) {
    List<ShapeTensor> all = new ArrayList<>(t.operands());
    all.add(g);
    return all;
  }

  private static Set<ShapeTensor> between(ShapeTensor output, List<ShapeTensor> asked) {
    Set<ShapeTensor> reached = new HashSet<>();
    List<ShapeTensor> open = new ArrayList<>(List.of(output));
    List<ShapeTensor> order = new ArrayList<>();
    while (!open.isEmpty()) {
      ShapeTensor t = open.remove(open.size() - 1);
      if (reached.add(t)) {
        order.add(t);
        open.addAll(t.operands());
      }
    }
    Set<ShapeTensor> wanted = new HashSet<>();
    order.sort(Comparator.comparingLong(ShapeTensor::number));
    Set<ShapeTensor> inputs = new HashSet<>(asked);
    for (ShapeTensor t : order) {
      if (inputs.contains(t) || t.operands().stream().anyMatch(wanted::contains)) {
        wanted.add(t);
      }
    }
    return wanted;
  }

  @Override
  public Tensor autocast(Supplier<Tensor> pass) {
    ShapeTensor result = (ShapeTensor) cast(precision == Precision.BF16, pass);
    return result.isReduced() ? made(result.shape(), false, List.of(result)) : result;
  }

  @Override
  public Tensor withoutAutocast(Supplier<Tensor> part) {
    return cast(false, part);
  }

  private Tensor cast(boolean state, Supplier<Tensor> part) {
    boolean before = autocast;
    autocast = state;
    try {
      return part.get();
    } finally {
      autocast = before;
    }
  }

  @Override
  public <T> T withoutGradients(Supplier<T> computation) {
    pauses++;
    try {
      return computation.get();
    } finally {
      pauses--;
    }
  }

  @Override
  public void scope(Runnable step) {
    ledger.scope(step);
  }

  @Override
  public List<Tensor> keep(Supplier<List<Tensor>> part) {
    List<Tensor> results = new ArrayList<>();
    @Nullable List<Ledger.Storage> outer = ledger.open();
    ledger.scope(
        () -> {
          part.get().forEach(t -> results.add(t.detach()));
          ledger.keep(results.stream().map(t -> ((ShapeTensor) t).storage()).toList(), outer);
        });
    return results;
  }

  @Override
  public void close() {}
}
