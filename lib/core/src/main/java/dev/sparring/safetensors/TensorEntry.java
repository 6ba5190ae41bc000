package dev.sparring.safetensors;

import dev.sparring.setting.Shown;
import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tensor of a safetensors file, as its header describes it.
 *
 * @param type the format of the numbers
 * @param dims the extents, which may be 0
 * @param begin offset of the first byte after the header
 * @param end offset after the last byte
 */
record TensorEntry(DataType type, List<Long> dims, long begin, long end) {
  /** More than any engine computes with, and few enough to be listed in a message. */
  private static final int MOST_DIMS = 16;

  TensorEntry {
    dims = List.copyOf(dims);
  }

  Map<String, Object> toJson() {
    // Not Map.of: its order differs between processes, and so would the files of equal runs.
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dtype", type.name());
    json.put("shape", dims);
    json.put("data_offsets", List.of(begin, end));
    return json;
  }

  /** Whether it can be a weight. */
  boolean isRead() {
    return type.isRead();
  }

  /**
   * The shape of a tensor of ours.
   *
   * @throws ArithmeticException if it has more numbers than an array can have
   * @throws IllegalArgumentException if it is empty
   */
  Shape shape() {
    Shape shape = new Shape(dims.stream().map(Math::toIntExact).toList());
    // Counts them once, so that no caller has to fear an overflow later.
    shape.elements();
    return shape;
  }

  static TensorEntry fromJson(String name, @Nullable Object json) throws IOException {
    String shown = Shown.quoted(name);
    if (!(json instanceof Map<?, ?> map)
        || !map.keySet().equals(Set.of("dtype", "shape", "data_offsets"))) {
      throw new IOException(shown + " must have dtype, shape and data_offsets");
    }
    DataType type = type(shown, map.get("dtype"));
    List<Long> dims = wholeNumbers(shown, "shape", map.get("shape"));
    List<Long> offsets = wholeNumbers(shown, "data_offsets", map.get("data_offsets"));
    if (offsets.size() != 2) {
      throw new IOException(shown + " must have two data_offsets, got " + offsets);
    }
    long length;
    try {
      long elements = 1;
      for (long dim : dims) {
        if (dim < 0) {
          throw new IOException(shown + " has shape " + dims);
        }
        elements = Math.multiplyExact(elements, dim);
      }
      length = type.bytes(elements);
    } catch (ArithmeticException e) {
      throw new IOException(shown + " has shape " + dims, e);
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    // The first condition keeps the difference from overflowing.
    if (begin < 0 || end < begin || end - begin != length) {
      throw new IOException(
          shown + " of shape " + text(dims) + " needs " + length + " bytes, got " + offsets);
    }
    return new TensorEntry(type, dims, begin, end);
  }

  private static DataType type(String shown, @Nullable Object json) throws IOException {
    return DataType.named(String.valueOf(json))
        .orElseThrow(
            () ->
                new IOException(
                    shown
                        + " is of type "
                        + Shown.value(String.valueOf(json))
                        + ", which safetensors does not have"));
  }

  /** The shape as messages show it, also of an empty tensor. */
  String shown() {
    return text(dims);
  }

  private static String text(List<Long> dims) {
    return dims.toString().replace('[', '(').replace(']', ')');
  }

  private static List<Long> wholeNumbers(String shown, String key, @Nullable Object json)
      throws IOException {
    List<Long> numbers = new ArrayList<>();
    List<?> items = json instanceof List<?> list ? list : List.of("no list");
    for (Object item : items) {
      if ((!(item instanceof Integer) && !(item instanceof Long)) || items.size() > MOST_DIMS) {
        throw new IOException(
            shown
                + " must have at most "
                + MOST_DIMS
                + " whole numbers as "
                + key
                + ", got "
                + Shown.value(start(json)));
      }
      numbers.add(((Number) item).longValue());
    }
    return numbers;
  }

  /** Nothing long is made to text only to be shortened. */
  private static String start(@Nullable Object json) {
    return json instanceof List<?> list && list.size() > MOST_DIMS
        ? list.size() + " values"
        : String.valueOf(json);
  }
}
