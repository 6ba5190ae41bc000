package dev.sparring.safetensors;

import dev.sparring.file.Json;
import dev.sparring.setting.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file.
 *
 * @param entries the tensors by name, in its order
 * @param metadata the texts of {@code __metadata__}
 */
record Header(Map<String, TensorEntry> entries, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /**
   * Reads it.
   *
   * @param dataBytes how many bytes follow it in the file
   * @throws IOException if it is damaged or does not cover these bytes exactly
   */
  static Header read(byte[] json, long dataBytes) throws IOException {
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    Json.readEach(
        json,
        (name, value) -> {
          if (name.equals(METADATA)) {
            metadata(value, metadata);
          } else {
            entries.put(name, TensorEntry.fromJson(name, value));
          }
        });
    checkCovered(entries, dataBytes);
    return new Header(entries, metadata);
  }

  private static void metadata(@Nullable Object json, Map<String, String> texts)
      throws IOException {
    if (!(json instanceof Map<?, ?> map)) {
      throw new IOException(
          METADATA + " must be an object of texts, got " + Shown.value(String.valueOf(json)));
    }
    for (Map.Entry<?, ?> e : map.entrySet()) {
      String key = String.valueOf(e.getKey());
      if (!(e.getValue() instanceof String text)) {
        throw new IOException(METADATA + ": " + Shown.quoted(key) + " must be a text");
      }
      texts.put(key, text);
    }
  }

  private static void checkCovered(Map<String, TensorEntry> entries, long size) throws IOException {
    List<TensorEntry> inOrder = new ArrayList<>(entries.values());
    // Empty tensors come before the one that begins where they are.
    inOrder.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    long position = 0;
    for (TensorEntry e : inOrder) {
      if (e.begin() != position) {
        throw new IOException("there is a gap or an overlap at byte " + position + " of its data");
      }
      position = e.end();
    }
    if (position != size) {
      throw new IOException("its tensors take " + position + " bytes, but " + size + " are there");
    }
  }
}
