package dev.sparring.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON as used in files of this library: objects only, without duplicate keys. */
public final class Json {
  private static final JSON JSON_WRITER = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /** An object, indented, as UTF-8. */
  public static byte[] pretty(Map<String, ?> object) throws IOException {
    return (JSON_WRITER.asString(object) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** An object without white space, as UTF-8. */
  public static byte[] compact(Map<String, ?> object) throws IOException {
    return JSON.std.asBytes(object);
  }

  /**
   * Reads an object.
   *
   * @throws IOException if the text is not a single JSON object or has duplicate keys
   */
  public static Map<String, Object> read(byte[] text) throws IOException {
    try (JsonParser parser = STRICT.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      Map<String, Object> object = JSON.std.mapFrom(parser);
      if (parser.nextToken() != null) {
        throw new IOException("there is more after its JSON object");
      }
      return object;
    }
  }
}
