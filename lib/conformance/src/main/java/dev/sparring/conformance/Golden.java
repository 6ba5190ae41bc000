package dev.sparring.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reference values from PyTorch, read from one of this module's files, e.g. {@code
 * Golden.load("bssn").cases().get(0).tensor("W")}.
 *
 * <p>An object of the file: its fields are asked for by name and kind. A field that is missing or
 * of another kind is an error that names its place.
 */
public final class Golden {
  private final String place;
  private final Map<?, ?> fields;

  private Golden(String place, Map<?, ?> fields) {
    this.place = place;
    this.fields = fields;
  }

  /**
   * Reads {@code NAME.f64.json}.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public static Golden load(String name) {
    return load(Golden.class, "golden/" + name + ".f64.json", name);
  }

  /**
   * Reads a file that stands beside a class.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public static Golden beside(Class<?> owner, String file) {
    return load(owner, file, file);
  }

  private static Golden load(Class<?> owner, String file, String name) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no golden values '" + name + "'");
      }
      return new Golden(name, JSON.std.mapFrom(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The objects under {@code cases}, which most files have. */
  public List<Golden> cases() {
    return objects("cases");
  }

  /** Whether the field is there and not null. */
  public boolean has(String key) {
    return fields.get(key) != null;
  }

  /** An object. */
  public Golden object(String key) {
    return new Golden(place + "." + key, get(key, Map.class));
  }

  /** The names of the fields in their order. */
  public List<String> names() {
    return fields.keySet().stream().map(String::valueOf).toList();
  }

  /** Yes or no. */
  public boolean flag(String key) {
    return get(key, Boolean.class);
  }

  /** A list of objects. */
  public List<Golden> objects(String key) {
    List<?> items = get(key, List.class);
    List<Golden> objects = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      String itemPlace = place + "." + key + "[" + i + "]";
      objects.add(new Golden(itemPlace, as(Map.class, items.get(i), itemPlace)));
    }
    return objects;
  }

  /** A tensor. */
  public Values tensor(String key) {
    Golden tensor = new Golden(place + "." + key, get(key, Map.class));
    double[] shape = tensor.numbers("shape");
    int[] dims = new int[shape.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = (int) shape[i];
    }
    return new Values(Shape.of(dims), tensor.numbers("data"));
  }

  /** A list of numbers that is not a tensor, e.g. Adam's {@code betas}. */
  public double[] numbers(String key) {
    List<?> items = get(key, List.class);
    double[] numbers = new double[items.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = as(Number.class, items.get(i), place + "." + key + "[" + i + "]").doubleValue();
    }
    return numbers;
  }

  /** A number. */
  public double number(String key) {
    return get(key, Number.class).doubleValue();
  }

  /** A whole number. */
  public int integer(String key) {
    return get(key, Number.class).intValue();
  }

  /** A text. */
  public String text(String key) {
    return get(key, String.class);
  }

  /** Where in which file this object is. */
  @Override
  public String toString() {
    return place;
  }

  private <T> T get(String key, Class<T> kind) {
    return as(kind, fields.get(key), place + "." + key);
  }

  private static <T> T as(Class<T> kind, @Nullable Object value, String at) {
    if (!kind.isInstance(value)) {
      throw new NoSuchElementException(
          "expected a " + kind.getSimpleName() + " at " + at + ", found " + value);
    }
    return kind.cast(value);
  }
}
