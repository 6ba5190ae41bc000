package dev.sparring.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.sparring.tensor.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitializersTest {
  @Test
  void equalNumbersAreKeptOnceAndNamesAreNotGivenTwice() {
    Initializers all = new Initializers(1000);
    assertEquals("a", all.vector("a", 1, 2));
    assertEquals("a_1", all.vector("a", 1, 3));
    assertEquals("a_2", all.vector("a", 1));
    assertEquals("a_3", all.scalar("a", 1));
    assertEquals("a", all.vector("b", 1, 2));
    assertEquals("b", all.longs("b", 1, 2));
    assertEquals("b", all.longs("c", 1, 2));
    assertEquals(
        List.of("a", "a_1", "a_2", "a_3", "b"),
        all.all().stream().map(TensorProto::getName).toList());
  }

  @Test
  void numbersAreLittleEndian() {
    Initializers all = new Initializers(1000);
    all.vector("a", 1, -2);
    TensorProto tensor = all.all().iterator().next();
    assertEquals(List.of(2L), tensor.getDimsList());
    assertEquals(TensorProto.DataType.FLOAT.getNumber(), tensor.getDataType());
    byte[] bytes = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
    assertEquals(com.google.protobuf.ByteString.copyFrom(bytes), tensor.getRawData());
  }

  @Test
  void weightsThatFitIntoNoFileAreRefused() {
    Initializers all = new Initializers(11);
    all.vector("a", 1, 2);
    assertEquals(
        "generator.0.weight: the weights up to here take 12 bytes, and one ONNX file holds 2 GiB",
        assertThrows(EngineException.class, () -> all.scalar("generator.0.weight", 3))
            .getMessage());
  }
}
