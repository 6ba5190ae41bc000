package dev.sparring.safetensors;

import dev.sparring.tensor.Precision;
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
 * @param precision the format of the numbers
 * @param shape the extents
 * @param begin offset of the first byte after the header
 * @param end offset after the last byte
 */
record TensorEntry(Precision precision, Shape shape, long begin, long end) {
  static int bytes(Precision precision) {
    return precision == Precision.FLOAT32 ? Float.BYTES : Double.BYTES;
  }

  Map<String, Object> toJson() {
    // Not Map.of: its order differs between processes, and so would the files of equal runs.
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dtype", precision == Precision.FLOAT32 ? "F32" : "F64");
    json.put("shape", shape.dims());
    json.put("data_offsets", List.of(begin, end));
    return json;
  }

  static TensorEntry fromJson(String name, Object json) throws IOException {
    if (!(json instanceof Map<?, ?> map)
        || !map.keySet().equals(Set.of("dtype", "shape", "data_offsets"))) {
      throw new IOException("'" + name + "' must have dtype, shape and data_offsets");
    }
    Precision precision =
        switch (String.valueOf(map.get("dtype"))) {
          case "F32" -> Precision.FLOAT32;
          case "F64" -> Precision.FLOAT64;
          default ->
              throw new IOException(
                  "'" + name + "' is of type " + map.get("dtype") + ", expected F32 or F64");
        };
    List<Long> dims = wholeNumbers(name, "shape", map.get("shape"));
    List<Long> offsets = wholeNumbers(name, "data_offsets", map.get("data_offsets"));
    if (offsets.size() != 2) {
      throw new IOException("'" + name + "' must have two data_offsets, got " + offsets);
    }
    Shape shape;
    try {
      shape = new Shape(dims.stream().map(Math::toIntExact).toList());
      long length = Math.multiplyExact((long) shape.elements(), bytes(precision));
      if (offsets.get(1) - offsets.get(0) != length) {
        throw new IOException(
            "'" + name + "' of shape " + shape + " needs " + length + " bytes, got " + offsets);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("'" + name + "' has shape " + dims, e);
    }
    return new TensorEntry(precision, shape, offsets.get(0), offsets.get(1));
  }

  private static List<Long> wholeNumbers(String name, String key, @Nullable Object json)
      throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (Object item : json instanceof List<?> list ? list : List.of("no list")) {
      if (!(item instanceof Integer) && !(item instanceof Long)) {
        throw new IOException("'" + name + "' must have whole numbers as " + key + ", got " + json);
      }
      numbers.add(((Number) item).longValue());
    }
    return numbers;
  }
}
