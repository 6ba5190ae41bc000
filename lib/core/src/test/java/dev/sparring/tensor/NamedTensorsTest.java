package dev.sparring.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tensors by name. */
class NamedTensorsTest {
  private final Tensor weight = tensor();
  private final Tensor bias = tensor();
  private final NamedTensors both = of("d.0.weight", weight, "d.0.bias", bias);

  @Test
  void whatIsNotThereIsSaid() {
    assertSame(bias, both.tensor("d.0.bias"));
    assertNull(both.get("d.1.bias"));
    assertEquals(
        "no tensor d.1.bias among [d.0.weight, d.0.bias]",
        assertThrows(IllegalStateException.class, () -> both.tensor("d.1.bias")).getMessage());
  }

  @Test
  void itIsAMapThatStaysAsItIs() {
    Map<String, Tensor> source = new LinkedHashMap<>(both);
    NamedTensors named = NamedTensors.of(source);
    source.remove("d.0.bias");
    assertEquals(List.of("d.0.weight", "d.0.bias"), List.copyOf(named.keySet()));
    assertThrows(UnsupportedOperationException.class, () -> named.put("x", bias));
    assertThrows(UnsupportedOperationException.class, () -> named.entrySet().clear());
    assertSame(named, NamedTensors.of(named));
  }

  @Test
  void namesAreChangedAndKept() {
    assertEquals(of("ema.d.0.weight", weight, "ema.d.0.bias", bias), both.prefixed("ema."));
    assertEquals(both, both.prefixed("ema.").under("ema."));
    assertEquals(Map.of(), both.under("g."));
    assertEquals(of("d.0.weight", bias, "d.0.bias", bias), both.map((name, t) -> bias));
  }

  @Test
  void pairsAreByName() {
    List<Tensor> seen = new ArrayList<>();
    both.zip(
        of("d.0.bias", weight, "d.0.weight", bias),
        (own, others) -> {
          seen.add(own);
          seen.add(others);
        });
    assertEquals(List.of(weight, bias, bias, weight), seen);
    NamedTensors fewer = NamedTensors.of(Map.of("d.0.weight", weight));
    assertThrows(IllegalStateException.class, () -> both.zip(fewer, (a, b) -> {}));
  }

  private static NamedTensors of(String name, Tensor tensor, String second, Tensor other) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    all.put(name, tensor);
    all.put(second, other);
    return NamedTensors.of(all);
  }

  /** A tensor that is equal only to itself. */
  private static Tensor tensor() {
    return (Tensor)
        Proxy.newProxyInstance(
            Tensor.class.getClassLoader(),
            new Class<?>[] {Tensor.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> "a tensor";
                });
  }
}
