package dev.sparring.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reasons name the place and nothing of the parser's own settings. */
class JsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DEEP | Document nesting depth (1001) exceeds the maximum allowed (1000)",
        "{\"a\":NaN} | Non-standard token 'NaN' (line 1, column 9)",
        "{ | Unexpected end-of-input: expected close marker for Object (line 1, column 2)",
        "{\"a\":1,\"a\":2} | Duplicate field 'a' (line 1, column 11)",
        "{//c} | Unexpected character ('/' (code 47)): maybe a (non-standard) comment?"
            + " (line 1, column 2)",
        "[] | it is no JSON object",
        "{} {} | there is more after its JSON object",
      })
  void reasonsArePlain(String text, String reason) {
    String given = text.equals("DEEP") ? "{\"a\":" + "[".repeat(2000) : text;
    byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
    assertEquals(reason, assertThrows(IOException.class, () -> Json.read(bytes)).getMessage());
    assertEquals(
        reason,
        assertThrows(IOException.class, () -> Json.readEach(bytes, (key, value) -> {}))
            .getMessage());
  }
}
