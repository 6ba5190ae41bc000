package dev.sparring.safetensors;

import dev.sparring.file.Json;
import dev.sparring.file.Sha256;
import dev.sparring.tensor.Precision;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes safetensors files. */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /** Returns the SHA-256 of what it wrote. */
  static String write(
      Path file, Precision precision, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    DataType type = DataType.of(precision);
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put(Header.METADATA, metadata);
    }
    long position = 0;
    for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
      Shape shape = e.getValue().shape();
      long end = position + type.bytes(shape.elements());
      var dims = shape.dims().stream().map(Integer::longValue).toList();
      header.put(e.getKey(), new TensorEntry(type, dims, position, end).toJson());
      position = end;
    }
    byte[] json = Json.compact(header);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    MessageDigest digest = Sha256.digest();
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer head = Bytes.littleEndian(Long.BYTES + padded).putLong(padded).put(json);
      while (head.hasRemaining()) {
        head.put((byte) ' ');
      }
      Bytes.write(out, head.flip(), digest);
      for (Tensor t : tensors.values()) {
        Bytes.write(out, bytes(t, precision), digest);
      }
      out.force(true);
    }
    return Sha256.soFar(digest);
  }

  private static ByteBuffer bytes(Tensor tensor, Precision precision) {
    if (precision.isSingle()) {
      float[] values = tensor.toFloats();
      ByteBuffer buffer = Bytes.littleEndian(Math.multiplyExact(values.length, Float.BYTES));
      buffer.asFloatBuffer().put(values);
      return buffer;
    }
    double[] values = tensor.toDoubles();
    ByteBuffer buffer = Bytes.littleEndian(Math.multiplyExact(values.length, Double.BYTES));
    buffer.asDoubleBuffer().put(values);
    return buffer;
  }
}
