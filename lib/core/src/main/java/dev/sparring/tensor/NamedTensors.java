package dev.sparring.tensor;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tensors by name, in a fixed order: a network's parameters by path, for instance. The map cannot
 * be changed; the tensors in it can, by {@link Tensor#assign}.
 */
public final class NamedTensors extends AbstractMap<String, Tensor> {
  private final Map<String, Tensor> tensors;

  private NamedTensors(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /** These tensors as they are now, in the map's order. */
  public static NamedTensors of(Map<String, Tensor> tensors) {
    return tensors instanceof NamedTensors same
        ? same
        : new NamedTensors(new LinkedHashMap<>(tensors));
  }

  /**
   * The tensor of a name, which must exist; {@link #get} returns null if it does not.
   *
   * @throws IllegalStateException if it does not exist
   */
  public Tensor tensor(String name) {
    Tensor t = tensors.get(name);
    if (t == null) {
      throw new IllegalStateException("no tensor " + name + " among " + tensors.keySet());
    }
    return t;
  }

  /** Maps each tensor to another. */
  public NamedTensors map(BiFunction<String, Tensor, Tensor> change) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> all.put(name, change.apply(name, tensor)));
    return new NamedTensors(all);
  }

  /**
   * Visits each tensor with the other's tensor of the same name.
   *
   * @throws IllegalStateException if the other has no tensor of a name that is here
   */
  public void zip(NamedTensors other, BiConsumer<Tensor, Tensor> pair) {
    tensors.forEach((name, tensor) -> pair.accept(tensor, other.tensor(name)));
  }

  /** The tensors whose names begin with a prefix, with the prefix removed. */
  public NamedTensors under(String prefix) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            all.put(name.substring(prefix.length()), tensor);
          }
        });
    return new NamedTensors(all);
  }

  /** All of them, with a prefix before their names. */
  public NamedTensors prefixed(String prefix) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> all.put(prefix + name, tensor));
    return new NamedTensors(all);
  }

  @Override
  public @Nullable Tensor get(Object name) {
    return tensors.get(name);
  }

  @Override
  public boolean containsKey(Object name) {
    return tensors.containsKey(name);
  }

  @Override
  public Set<Map.Entry<String, Tensor>> entrySet() {
    return tensors.entrySet();
  }
}
