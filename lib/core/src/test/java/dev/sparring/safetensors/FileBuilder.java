package dev.sparring.safetensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes safetensors files as other programs write them, tensor by tensor. */
public final class FileBuilder {
  private final List<String> members = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** Adds a tensor of these bytes. */
  public FileBuilder raw(String name, String type, int[] dims, byte... bytes) {
    int begin = data.size();
    data.writeBytes(bytes);
    members.add(
        "\""
            + name
            + "\":{\"dtype\":\""
            + type
            + "\",\"shape\":"
            + Arrays.toString(dims)
            + ",\"data_offsets\":["
            + begin
            + ","
            + data.size()
            + "]}");
    return this;
  }

  /** Adds a tensor of single precision, of the numbers 0.5, 1.5, ... */
  public FileBuilder floats(String name, int... dims) {
    int n = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i + 0.5f;
    }
    return values(name, dims, values);
  }

  /** Adds a tensor of single precision. */
  public FileBuilder values(String name, int[] dims, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      bytes.putFloat(v);
    }
    return raw(name, "F32", dims, bytes.array());
  }

  /** Adds the counter that PyTorch's batch normalization keeps. */
  public FileBuilder counter(String name) {
    return raw(name, "I64", new int[0], 5, 0, 0, 0, 0, 0, 0, 0);
  }

  private FileBuilder raw(String name, String type, int[] dims, int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return raw(name, type, dims, all);
  }

  /** The bytes of the file. */
  public byte[] bytes() {
    byte[] header = ("{" + String.join(",", members) + "}").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + header.length + data.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data.toByteArray())
        .array();
  }

  /** Writes the file. */
  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
