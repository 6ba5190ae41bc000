package dev.sparring.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as used in files of this library: objects only, without duplicate keys. */
public final class Json {
  private static final JSON JSON_WRITER = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * For objects with many keys: a table of keys that are met again would grow with all of them, and
   * slow down with its size.
   */
  private static final JsonFactory MANY_KEYS =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /** What Jackson advises to those who call it. */
  private static final String SETTINGS =
      ",? from `StreamReadConstraints[^`]*`"
          + "|: enable `JsonReadFeature[^`]*` to allow"
          + "| \\(start marker at \\[.*?\\]\\)"
          + "| \\(not recognized as one since Feature [^)]*\\)";

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
    } catch (JsonProcessingException e) {
      throw plain(e);
    }
  }

  /** Takes the members of an object, in their order. */
  @FunctionalInterface
  public interface Members {
    /** Takes one member. */
    void accept(String key, @Nullable Object value) throws IOException;
  }

  /**
   * Reads an object member by member, in time that is linear in the text; the object itself is not
   * kept.
   *
   * @throws IOException if the text is not a single JSON object or has duplicate keys, or if a
   *     member is refused
   */
  public static void readEach(byte[] text, Members members) throws IOException {
    try (JsonParser parser = MANY_KEYS.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        parser.nextToken();
        members.accept(key, JSON.std.anyFrom(parser));
      }
      if (parser.nextToken() != null) {
        throw new IOException("there is more after its JSON object");
      }
    } catch (JsonProcessingException e) {
      throw plain(e);
    }
  }

  /** The parser's reason without the names of its own settings, and with the place. */
  private static IOException plain(JsonProcessingException e) {
    String reason = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
    String said = reason.lines().findFirst().orElse("").replaceAll(SETTINGS, "");
    JsonLocation place = e.getLocation();
    String where =
        place == null || place.getLineNr() < 1
            ? ""
            : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    return new IOException(said + where, e);
  }
}
