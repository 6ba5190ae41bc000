package dev.sparring.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sparring.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files written byte by byte: what is read, and every error. */
class SafetensorsHeaderTest {
  private static final String TWO_FLOATS = "{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";

  @TempDir Path dir;

  private Path file(String header, int dataBytes) throws IOException {
    byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return raw(json.length, json, dataBytes);
  }

  private Path raw(long length, byte[] json, int dataBytes) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    b.putLong(length).put(json);
    for (int i = 0; i < dataBytes / 4; i++) {
      b.putFloat(i + 0.5f);
    }
    return Files.write(dir.resolve("x.safetensors"), b.array());
  }

  @Test
  void readsWhatFits() throws IOException {
    Path file =
        file(
            "{'__metadata__':{'format':'pt'},"
                + "'b':{'dtype':'F32','shape':[1,2],'data_offsets':[4,12]},"
                + "'a':{'dtype':'F32','shape':[],'data_offsets':[0,4]}}   ",
            12);
    Safetensors s = Safetensors.open(file);
    assertEquals(List.of("b", "a"), List.copyOf(s.names()));
    assertEquals(Map.of("format", "pt"), s.metadata());
    assertEquals(Shape.of(1, 2), s.shape("b"));
    assertEquals(Shape.SCALAR, s.shape("a"));
    assertArrayEquals(new double[] {1.5, 2.5}, s.doubles("b"));
    assertArrayEquals(new double[] {0.5}, s.doubles("a"));
    assertEquals(
        file + ": has no tensor 'c'",
        assertThrows(SafetensorsException.class, () -> s.doubles("c")).getMessage());
  }

  @Test
  void readsDoubles() throws IOException {
    byte[] json =
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}"
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer b = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    b.putLong(json.length).put(json).putDouble(0.1);
    Path file = Files.write(dir.resolve("d.safetensors"), b.array());
    assertArrayEquals(new double[] {0.1}, Safetensors.open(file).doubles("a"));
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path missing = dir.resolve("none");
    assertEquals(
        missing + ": no such file",
        assertThrows(SafetensorsException.class, () -> Safetensors.open(missing)).getMessage());
  }

  @Test
  void refusesDamagedLengths() throws IOException {
    refuses("it has only 3 bytes", Files.write(dir.resolve("x"), new byte[3]));
    refuses(
        "its header has 16000001 bytes; at most 16000000 are read",
        raw(16_000_001, new byte[16_000_001], 0));
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    refuses("its header cannot be 0 bytes long", raw(0, json, 0));
    refuses("its header cannot be 3 bytes long", raw(3, json, 0));
    refuses("its header cannot be -1 bytes long", raw(-1, json, 0));
    refuses("its header cannot be 9223372036854775807 bytes long", raw(Long.MAX_VALUE, json, 0));
  }

  @Test
  void refusesDuplicateNames() throws IOException {
    Path file = file("{'a':" + TWO_FLOATS + ",'a':" + TWO_FLOATS + "}", 8);
    assertTrue(refusal(file).contains("Duplicate field 'a'"), () -> refusal(file));
    Path inner = file("{'a':{'dtype':'F32','dtype':'F64','shape':[2],'data_offsets':[0,8]}}", 8);
    assertTrue(refusal(inner).contains("Duplicate field 'dtype'"), () -> refusal(inner));
  }

  @Test
  void refusesGapsAndOverlaps() throws IOException {
    String gap = "{'dtype':'F32','shape':[1],'data_offsets':[12,16]}";
    String overlap = "{'dtype':'F32','shape':[1],'data_offsets':[4,8]}";
    String late = "{'dtype':'F32','shape':[1],'data_offsets':[4,8]}";
    refuses(
        "there is a gap or an overlap at byte 8 of its data",
        file("{'a':" + TWO_FLOATS + ",'b':" + gap + "}", 16));
    refuses(
        "there is a gap or an overlap at byte 8 of its data",
        file("{'a':" + TWO_FLOATS + ",'b':" + overlap + "}", 8));
    refuses("there is a gap or an overlap at byte 0 of its data", file("{'a':" + late + "}", 8));
    refuses(
        "there is a gap or an overlap at byte 8 of its data",
        file("{'a':" + TWO_FLOATS + ",'b':" + TWO_FLOATS + "}", 8));
  }

  @Test
  void refusesMissingAndSurplusData() throws IOException {
    refuses("its tensors take 8 bytes, but 4 are there", file("{'a':" + TWO_FLOATS + "}", 4));
    refuses("its tensors take 8 bytes, but 12 are there", file("{'a':" + TWO_FLOATS + "}", 12));
    refuses("its tensors take 0 bytes, but 4 are there", file("{}", 4));
  }

  @Test
  void refusesOtherTypesAndShapes() throws IOException {
    refuses(
        "'a' is of type F99, which safetensors does not have",
        file("{'a':{'dtype':'F99','shape':[2],'data_offsets':[0,4]}}", 4));
    refuses(
        "'a' is of type null, which safetensors does not have",
        file("{'a':{'dtype':null,'shape':[2],'data_offsets':[0,4]}}", 4));
    refuses(
        "'a' of shape (3) needs 12 bytes, got [0, 8]",
        file("{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}", 8));
    refuses(
        "'a' of shape (0) needs 0 bytes, got [0, 4]",
        file("{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,4]}}", 4));
    refuses(
        "'a' has shape [-2, -1]",
        file("{'a':{'dtype':'F32','shape':[-2,-1],'data_offsets':[0,8]}}", 8));
    // 2^64 elements, which overflow to 0.
    refuses(
        "'a' has shape [65536, 65536, 65536, 65536]",
        file("{'a':{'dtype':'F32','shape':[65536,65536,65536,65536],'data_offsets':[0,0]}}", 0));
    refuses(
        "'a' has shape [-2]", file("{'a':{'dtype':'F32','shape':[-2],'data_offsets':[8,0]}}", 8));
    // 2^62 elements, of which a byte each would fit into a long, and of which four would not.
    refuses(
        "'a' has shape [4611686018427387904]",
        file("{'a':{'dtype':'F32','shape':[4611686018427387904],'data_offsets':[0,0]}}", 0));
    refuses(
        "'a' of shape (2) needs 8 bytes, got [-9223372036854775808, 9223372036854775800]",
        file(
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':"
                + "[-9223372036854775808,9223372036854775800]}}",
            8));
    refuses(
        "its tensors take 1000000000000000000 bytes, but 8 are there",
        file(
            "{'a':{'dtype':'U8','shape':[1000000000000000000],'data_offsets':"
                + "[0,1000000000000000000]}}",
            8));
    refuses(
        "'a' must have at most 16 whole numbers as shape, got 17 values",
        file(
            "{'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"
                + "'data_offsets':[0,4]}}",
            4));
    refuses(
        "'a' must have at most 16 whole numbers as shape, got [92233720368547758080]",
        file("{'a':{'dtype':'F32','shape':[92233720368547758080],'data_offsets':[0,8]}}", 8));
    refuses(
        "'a' must have at most 16 whole numbers as shape, got [1.5]",
        file("{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,8]}}", 8));
    refuses(
        "'a' must have at most 16 whole numbers as shape, got 2",
        file("{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}", 8));
    refuses(
        "'a' must have two data_offsets, got [0, 4, 8]",
        file("{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4,8]}}", 8));
    refuses(
        "'a' of shape (2) needs 8 bytes, got [8, 0]",
        file("{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}", 8));
  }

  @Test
  void refusesOtherHeaders() throws IOException {
    refuses("'a' must have dtype, shape and data_offsets", file("{'a':{'dtype':'F32'}}", 0));
    refuses(
        "'a' must have dtype, shape and data_offsets",
        file("{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'more':1}}", 8));
    refuses("'a' must have dtype, shape and data_offsets", file("{'a':3}", 0));
    refuses("__metadata__ must be an object of texts, got null", file("{'__metadata__':null}", 0));
    refuses("__metadata__: 'step' must be a text", file("{'__metadata__':{'step':3}}", 0));
    refuses("__metadata__: 'a' must be a text", file("{'__metadata__':{'a':{'b':'c'}}}", 0));
    refuses(
        "'a\\nb\\u0000' must have dtype, shape and data_offsets", file("{'a\\nb\\u0000':3}", 0));
    for (String header :
        new String[] {
          "[]", "null", "3", "{'a':", "not json", "{}{}", "{} x", "{'__metadata__':3}", "{'a':null}"
        }) {
      Path file = file(header, 0);
      assertTrue(
          refusal(file).startsWith(file + ": not a safetensors file: "), () -> refusal(file));
    }
  }

  /** A header of some 120,000 tensors is read in time that is linear in it. */
  @Test
  void largeHeadersAreReadSoon() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; header.length() < 15_900_000; i++) {
      header.append("'encoder.layer.").append(i).append(".attention.output.dense.weight':");
      header.append("{'dtype':'F16','shape':[0,3],'data_offsets':[0,0]},");
    }
    Path file = file(header.append("'last':" + TWO_FLOATS + "}").toString(), 8);
    Safetensors read = assertTimeout(Duration.ofSeconds(30), () -> Safetensors.open(file));
    assertArrayEquals(new double[] {0.5, 1.5}, read.doubles("last"));
  }

  private static void refuses(String reason, Path file) {
    assertEquals(file + ": not a safetensors file: " + reason, refusal(file));
  }

  private static String refusal(Path file) {
    return assertThrows(SafetensorsException.class, () -> Safetensors.open(file)).getMessage();
  }
}
