package dev.sparring.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sparring.layer.Relu;
import dev.sparring.random.Seed;
import dev.sparring.recipe.Seeds;
import dev.sparring.tensor.Tensor;
import dev.sparring.train.Batch;
import dev.sparring.train.TermStates;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every wither of every record in core changes just its component: from the defaults, and from a
 * record in which every wither has been called.
 */
class WithersTest {
  private static final List<Class<?>> RECORDS =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("dev.sparring")
              .stream()
              .filter(JavaClass::isRecord)
              .<Class<?>>map(JavaClass::reflect)
              .toList();

  private static final List<Class<?>> WITH_WITHERS =
      RECORDS.stream().filter(type -> !withers(type).isEmpty()).toList();

  /**
   * A border is a number or a rule, so that each takes the place of the other; a decay that of a
   * half-life; a span is in images or in steps.
   */
  private static final Map<String, List<String>> ALTERNATIVES =
      Map.of(
          "padding",
          List.of("pad"),
          "pad",
          List.of("padding"),
          "decay",
          List.of("halfLife", "ramp"),
          "images",
          List.of("steps"),
          "steps",
          List.of("images"));

  /** Lists that may be in a record's defaults: of anything, of layers, of numbers, of paths. */
  private static final List<List<?>> LISTS =
      List.of(
          List.of(),
          List.of(Relu.relu()),
          List.of(1, 2, 3),
          List.of(List.of(), List.of(Relu.relu())));

  private final Map<Class<?>, Object> examples = new HashMap<>();

  @Test
  void manyRecordsHaveWithers() {
    assertTrue(WITH_WITHERS.size() > 60, WITH_WITHERS.size() + " records");
    int withers = WITH_WITHERS.stream().mapToInt(type -> withers(type).size()).sum();
    assertTrue(withers > 180, withers + " withers");
  }

  @TestFactory
  Stream<DynamicTest> eachChangesJustItsComponent() {
    return WITH_WITHERS.stream()
        .flatMap(
            type ->
                withers(type).stream()
                    .map(
                        w ->
                            dynamicTest(type.getSimpleName() + "." + w.getName(), () -> check(w))));
  }

  private void check(Method wither) throws ReflectiveOperationException {
    Class<?> type = wither.getDeclaringClass();
    boolean fromDefaults = checkFrom(example(type), wither);
    boolean fromOthers = checkFrom(changed(type), wither);
    assertTrue(fromDefaults || fromOthers, wither + " takes nothing that it is given here");
  }

  /** Whether the record accepts the call, which may depend on other settings. */
  private boolean checkFrom(Object record, Method wither) throws ReflectiveOperationException {
    Optional<Call> called = call(wither, record);
    if (called.isEmpty()) {
      return false;
    }
    Map<String, Object> expected = values(record);
    expected.put(wither.getName(), called.get().value());
    for (String alternative : ALTERNATIVES.getOrDefault(wither.getName(), List.of())) {
      if (expected.containsKey(alternative)) {
        expected.put(alternative, null);
      }
    }
    assertEquals(expected, values(called.get().result()), wither + " of " + record);
    return true;
  }

  private record Call(Object value, Object result) {}

  /** Calls a wither with the first value that is new and that the record accepts. */
  private Optional<Call> call(Method wither, Object record) throws ReflectiveOperationException {
    Object now = values(record).get(wither.getName());
    for (Object value : candidates(wither.getParameterTypes()[0])) {
      Object seen = value instanceof Object[] array ? List.of(array) : value;
      if (seen.equals(now)) {
        continue;
      }
      try {
        return Optional.of(new Call(seen, wither.invoke(record, new Object[] {value})));
      } catch (InvocationTargetException e) {
        // The record refuses it; perhaps it takes the next one.
      }
    }
    return Optional.empty();
  }

  /** A record with every wither called; twice, because some settings depend on others. */
  private Object changed(Class<?> type) throws ReflectiveOperationException {
    Object record = example(type);
    for (int i = 0; i < 2; i++) {
      for (Method wither : withers(type)) {
        record = call(wither, record).map(Call::result).orElse(record);
      }
    }
    return record;
  }

  private List<?> candidates(Class<?> type) throws ReflectiveOperationException {
    if (type == int.class || type == Integer.class) {
      return List.of(3, 5, 2, 1, 0, 16, 24, 10_001);
    }
    if (type == long.class || type == Long.class) {
      return List.of(11L, 12L);
    }
    if (type == double.class || type == Double.class) {
      return List.of(0.25, 0.75, 1.5, 2.5);
    }
    if (type == boolean.class || type == Boolean.class) {
      return List.of(true, false);
    }
    if (type == String.class) {
      return List.of("text", ";", "other");
    }
    if (type.isEnum()) {
      return List.of(type.getEnumConstants());
    }
    if (type == List.class) {
      return List.of(List.of(), List.of("1"), List.of(1, 2, 3), List.of(1.5, 2.0, 1.5));
    }
    if (type == Map.class) {
      return List.of(Map.of("text", 1L), Map.of("other", 2L));
    }
    if (type == Seed.class) {
      return List.of(new Seed(11), new Seed(12));
    }
    if (type == Seeds.class) {
      return List.of(Seeds.seeds(), Seeds.seeds().order(3L));
    }
    if (type == Tensor.class) {
      return List.of(tensor(), tensor());
    }
    if (type == TermStates.class) {
      return List.of(TermStates.none());
    }
    if (type == Batch.class) {
      return List.of(made(type), made(type)); // of other tensors each
    }
    if (type == Supplier.class) {
      return List.of((Supplier<Object>) () -> 1, (Supplier<Object>) () -> 2);
    }
    if (type.isArray()) {
      Object array = Array.newInstance(type.getComponentType(), 1);
      Array.set(array, 0, plain(type.getComponentType()));
      return List.of(array);
    }
    List<Object> all = new ArrayList<>();
    for (Class<?> record : RECORDS) {
      if (type.isAssignableFrom(record) && (record == type || isSimple(record))) {
        all.add(example(record));
        for (Method wither : withers(record)) {
          // Other factories might need the record that is being created.
          if (wither.getParameterTypes()[0].isPrimitive()) {
            call(wither, example(record)).ifPresent(c -> all.add(c.result()));
          }
        }
      }
    }
    return all;
  }

  /** A record with its defaults. */
  private Object example(Class<?> type) throws ReflectiveOperationException {
    Object known = examples.get(type);
    if (known == null) {
      known = made(type);
      examples.put(type, known);
    }
    return known;
  }

  private Object made(Class<?> type) throws ReflectiveOperationException {
    Executable maker = defaults(type);
    if (maker == null) {
      maker = type.getDeclaredConstructors()[0];
    }
    IllegalArgumentException refused = new IllegalArgumentException(type.getName());
    for (List<?> list : LISTS) {
      List<Object> required = new ArrayList<>();
      for (Class<?> parameter : maker.getParameterTypes()) {
        required.add(
            parameter == List.class
                ? list
                // A lower limit comes before an upper one.
                : parameter == double.class ? 0.5 + required.size() : plain(parameter));
      }
      try {
        return maker instanceof Method factory
            ? factory.invoke(null, required.toArray())
            : ((Constructor<?>) maker).newInstance(required.toArray());
      } catch (InvocationTargetException e) {
        refused.addSuppressed(e.getCause());
      }
    }
    throw refused;
  }

  private static @Nullable Method defaults(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> m.isAnnotationPresent(Defaults.class))
        .findFirst()
        .orElse(null);
  }

  /** Whether its defaults need no other record, which might need it again. */
  private static boolean isSimple(Class<?> record) {
    Method factory = defaults(record);
    return factory != null
        && Arrays.stream(factory.getParameterTypes())
            .allMatch(p -> p.isPrimitive() || p == String.class || p == List.class);
  }

  private Object plain(Class<?> type) throws ReflectiveOperationException {
    if (type == int.class) {
      return 8;
    }
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type.isRecord()) {
      return example(type);
    }
    List<?> all = candidates(type);
    if (all.isEmpty()) {
      throw new IllegalStateException("no example of " + type.getName() + " is known here");
    }
    return all.get(0);
  }

  private static Object tensor() {
    Object identity = new Object();
    return Proxy.newProxyInstance(
        Tensor.class.getClassLoader(),
        new Class<?>[] {Tensor.class},
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> identity.hashCode();
              default -> "a tensor";
            });
  }

  private static Map<String, Object> values(Object record) throws ReflectiveOperationException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      values.put(component.getName(), component.getAccessor().invoke(record));
    }
    return values;
  }

  private static List<Method> withers(Class<?> type) {
    Set<String> names = new HashSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      names.add(component.getName());
    }
    return Arrays.stream(type.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !Modifier.isStatic(m.getModifiers()))
        .filter(m -> m.getParameterCount() == 1 && m.getReturnType() == type)
        .filter(m -> names.contains(m.getName()))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }
}
